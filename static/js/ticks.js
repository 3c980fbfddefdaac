// [data-ticks="guide and version"]: remembers what was ticked, on this device and for this version
// only, and points to the next step. Without it the boxes and the count still work.
{
  const guide = document.querySelector("[data-ticks]");
  const boxes = guide ? [...guide.querySelectorAll("input[type=checkbox]")] : [];
  const steps = boxes.filter((box) => box.dataset.step);
  const bar = guide?.querySelector("[data-progress]");
  const store = guide && `ticks:${guide.dataset.ticks}`;
  const key = (box) => box.dataset.step || box.id;

  const remembered = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(store)) || []);
    } catch {
      return new Set();
    }
  };
  const remember = () => {
    const done = boxes.filter((box) => box.checked).map(key);
    try {
      if (done.length) localStorage.setItem(store, JSON.stringify(done));
      else localStorage.removeItem(store);
    } catch {
      // A browser that keeps nothing still shows the ticks until the page is left.
    }
  };
  const show = () => {
    if (!bar) return;
    steps.forEach((box, i) => bar.querySelectorAll("i")[i].classList.toggle("on", box.checked));
    const next = steps.findIndex((box) => !box.checked);
    const link = bar.querySelector("a");
    const started = steps.some((box) => box.checked);
    link.hidden = next < 0 || !started;
    link.href = next < 0 ? "" : `#${steps[next].closest(".step").id}`;
    link.textContent = link.dataset.text.replace("{n}", next + 1);
    bar.querySelector("[data-done]").hidden = next >= 0;
    bar.querySelector("button").hidden = !boxes.some((box) => box.checked);
  };

  if (boxes.length) {
    const done = remembered();
    for (const box of boxes) box.checked = done.has(key(box));
    show();
    guide.addEventListener("change", () => {
      remember();
      show();
    });
    bar?.querySelector("button").addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      remember();
      show();
      document.getElementById("live").textContent = bar.querySelector("button").dataset.said;
      steps[0].focus();
    });
  }
}
