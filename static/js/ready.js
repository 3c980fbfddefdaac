// Tells the style sheet that controls which need a script may now be shown.
document.documentElement.classList.add("js");
