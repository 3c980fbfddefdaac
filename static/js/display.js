// [data-display]: a choice of theme or size applies at once and is kept by the server's cookie.
{
  const form = document.querySelector("[data-display]");
  const apply = ({ name, value }) => {
    if (value) document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
  };
  form?.addEventListener("change", (event) => {
    apply(event.target);
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  });
}
