// The plots are drawn by the server; every ten seconds, when the history has grown, they are fetched again.
setInterval(async () => {
  const plots = document.querySelector('[data-plots]');
  if (document.hidden || !plots) return;
  const answer = await fetch(plots.dataset.plots);
  if (answer.ok) plots.outerHTML = await answer.text();
}, 10_000);
