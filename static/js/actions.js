// What only a browser can do: print this page, hand its address to the device's own share sheet.
{
  for (const button of document.querySelectorAll("[data-print]"))
    button.addEventListener("click", () => print());

  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => {
      const { share: url, title } = button.dataset;
      // A reader who changes their mind rejects the promise: nothing is wrong then.
      navigator.share({ title, url: new URL(url, location.href).href }).catch(() => {});
    });
  }
}
