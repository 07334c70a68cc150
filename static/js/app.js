// Small comforts; every page works without them.
document.documentElement.classList.add("script");

// "/" jumps to the search box, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector(".topbar-search input");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A link to copy is selected by one click.
document.addEventListener("click", (event) => event.target.matches("input[data-select]") && event.target.select());

// An open account menu closes on a click elsewhere or Escape.
const closeMenus = (except) =>
  document.querySelectorAll("details.whoami[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.whoami")));
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus());
