// "/" moves to the search field, except while something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  const field = [...document.querySelectorAll("input[type=search]")].find((one) =>
    one.checkVisibility ? one.checkVisibility() : one.offsetParent,
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
