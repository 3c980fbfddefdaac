// [data-copy="address"]: puts the address on the clipboard, says so on the spot and to screen readers.
{
  const selected = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  };
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return selected(text); // no permission, or a page without HTTPS
    }
  };
  const say = (control, words) => {
    const live = document.getElementById("live");
    const label = control.querySelector("[data-label]");
    label.dataset.label ||= label.textContent || " ";
    label.textContent = live.textContent = words;
    setTimeout(() => {
      label.textContent = label.dataset.label.trim();
      live.textContent = "";
    }, 2000);
  };
  document.addEventListener("click", async (event) => {
    const control = event.target.closest("[data-copy]");
    if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const done = await copied(new URL(control.dataset.copy, location.href).href);
    control.focus();
    say(control, done ? control.dataset.copied : control.dataset.failed);
  });
}
