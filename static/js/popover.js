// <details data-pop>: Escape and a press outside close it; Escape gives the focus back.
{
  const opened = () => document.querySelectorAll("details[data-pop][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pop of opened()) {
      const inside = pop.contains(document.activeElement);
      pop.open = false;
      if (inside) pop.querySelector("summary").focus();
    }
  });
  for (const leaving of ["click", "focusin"])
    document.addEventListener(leaving, (event) => {
      for (const pop of opened()) if (!pop.contains(event.target)) pop.open = false;
    });
}
