// [data-editing]: warns before unsaved work is left, sends a form once, counts short texts.
{
  const form = document.querySelector("[data-editing]");
  let changed = false;
  let sent = false;

  const once = (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    // Coming back by the browser's button finds the form usable again.
    addEventListener("pageshow", () => (sent = false), { once: true });
  };

  const leaving = (event) => {
    if (changed && !sent) event.preventDefault();
  };

  if (form) {
    changed = Boolean(form.querySelector("[role='alert']"));
    form.addEventListener("input", () => (changed = true));
    form.addEventListener("submit", once);
    addEventListener("beforeunload", leaving);
    form.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name='_save']"));
    });
    for (const counted of form.querySelectorAll("[data-counted]")) {
      const field = counted.querySelector("input, textarea");
      const tally = counted.querySelector("[data-now]");
      const count = () => (tally.textContent = tally.dataset.now.replace("{n}", field.value.length));
      field.addEventListener("input", count);
      count();
    }
  }
}
