"""What this portal is, how it verifies, and what its links promise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "guides/about.html")
