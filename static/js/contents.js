// [data-contents]: marks the part of the page that is being read in the list of contents.
{
  const links = [...document.querySelectorAll("[data-contents] a[href^='#']")];
  const parts = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const seen = new Set();
  const mark = () => {
    const current = [...parts.keys()].filter((id) => seen.has(id)).pop();
    if (!current) return;
    for (const [id, link] of parts) {
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
      }
      mark();
    },
    { rootMargin: "-10% 0px -65% 0px" },
  );
  for (const id of parts.keys()) {
    const part = document.getElementById(id);
    if (part) observer.observe(part);
  }
}
