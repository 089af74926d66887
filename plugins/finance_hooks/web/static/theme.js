// Follow the theme that is chosen in Airflow's own pages, which are of the same origin.
(() => {
  const follow = () => {
    const chosen = localStorage.getItem("theme");
    document.documentElement.style.colorScheme =
      chosen === "dark" || chosen === "light" ? chosen : "light dark";
  };
  follow();
  addEventListener("storage", follow);
})();
