/** The page's only script: it hides what the search and the selections do not match. Without it everything is shown. */
export const script = `
const rows=[...document.querySelectorAll('[data-text]')],search=document.querySelector('#search'),selects=[...document.querySelectorAll('select[data-key]')],shown=document.querySelector('#shown');
function apply(){if(!search)return;const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0;for(const row of rows){const ok=words.every(w=>row.dataset.text.includes(w))&&selects.every(s=>!s.value||row.dataset[s.dataset.key]===s.value);row.hidden=!ok;if(ok)n++}shown.textContent=n+' of '+rows.length}
search?.addEventListener('input',apply);selects.forEach(s=>s.addEventListener('change',apply));
addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(d=>d.open=true));apply();
`
