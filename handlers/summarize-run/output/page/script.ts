/** Filters the table of findings. Without scripts the table is complete and the filter is hidden. */
export const SCRIPT = `
const form = document.querySelector('.filter');
if (form) {
  const rows = [...document.querySelectorAll('#findings tbody tr')];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const shown = document.querySelector('#shown');
  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severity = form.elements.severity.value;
    const check = form.elements.check.value;
    const status = form.elements.status.value;
    let count = 0;
    rows.forEach((row, index) => {
      const visible = words.every((word) => texts[index].includes(word)) &&
        (!severity || row.dataset.severity === severity) &&
        (!check || row.dataset.check === check) &&
        (!status || row.dataset.status.split(' ').includes(status));
      row.hidden = !visible;
      if (visible) count++;
    });
    shown.textContent = count.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en') + ' rows on this page match';
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  filter();
}
`;
