"""Every page's address, below a language prefix (none for Chinese). Addresses are promises."""

from django.urls import URLPattern, path

from guides.views import (
    about,
    claims,
    counting,
    display,
    feedback,
    guide,
    history,
    home,
    lists,
    opensearch,
    search,
    suggestions,
    taxonomy,
)


def _of_kind(plural: str, kind: str) -> list[URLPattern]:
    """The addresses that every kind of guide has."""
    given = {"kind": kind}
    return [
        path(f"{plural}/<slug:slug>/", guide.page, given, name=kind),
        path(f"{plural}/<slug:slug>.md", guide.markdown, given, name=f"{kind}_markdown"),
        path(f"{plural}/<slug:slug>/v<int:number>/", guide.version, given, name=f"{kind}_version"),
        path(f"{plural}/<slug:slug>/history/", history.history, given, name=f"{kind}_history"),
        path(
            f"{plural}/<slug:slug>/diff/v<int:old>/v<int:new>/",
            history.comparison,
            given,
            name=f"{kind}_comparison",
        ),
    ]


urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("guides/", lists.guide_list, name="guide_list"),
    path("procedures/", lists.procedure_list, name="procedure_list"),
    path("risks/", lists.risk_list, name="risk_list"),
    path("cases/", lists.case_list, name="case_list"),
    *_of_kind("procedures", "procedure"),
    *_of_kind("risks", "risk"),
    *_of_kind("cases", "case"),
    path("products/", taxonomy.product_list, name="product_list"),
    path("products/<slug:slug>/", taxonomy.product, name="product"),
    path("products/<slug:slug>/<slug:task>/", taxonomy.cell, name="cell"),
    path("tasks/<slug:slug>/", taxonomy.task, name="task"),
    path("tags/", taxonomy.tag_list, name="tag_list"),
    path("tags/<slug:slug>/", taxonomy.tag, name="tag"),
    path("search/", search.search, name="search"),
    path("search/suggest/", suggestions.suggestions, name="suggestions"),
    path("search/suggest.json", suggestions.suggestions_json, name="suggestions_json"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path("opened/", counting.opened, name="opened"),
    path("wanted/", counting.wanted, name="wanted"),
    path("feedback/<slug:code>/v<int:number>/", feedback.feedback, name="feedback"),
    path("feedback/<slug:code>/v<int:number>/thanks/", feedback.thanks, name="feedback_thanks"),
    path("claims/", claims.claims, name="claims"),
    path("about/", about.about, name="about"),
    path("display/", display.display, name="display"),
]
