/**
 * The page's only script. It hides what the search and the selections do not match, and shows what a box of a drawing says while it is
 * hovered or focused; Escape puts that away. Without it everything is shown, and boxes have the browser's own tooltips.
 */
export const script = `
const rows=[...document.querySelectorAll('[data-text]')],search=document.querySelector('#search'),selects=[...document.querySelectorAll('select[data-key]')],shown=document.querySelector('#shown');
function apply(){if(!search)return;const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0;for(const row of rows){const ok=words.every(w=>row.dataset.text.includes(w))&&selects.every(s=>!s.value||row.dataset[s.dataset.key]===s.value);row.hidden=!ok;if(ok)n++}shown.textContent=n+' of '+rows.length}
search?.addEventListener('input',apply);selects.forEach(s=>s.addEventListener('change',apply));
addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(d=>d.open=true));apply();
const hint=document.createElement('div');hint.id='hint';hint.hidden=true;hint.setAttribute('role','tooltip');document.body.append(hint);
const off=()=>{hint.hidden=true};
const tell=e=>{const box=e.target.closest?.('.box');if(!box?.dataset.hint)return;hint.textContent=box.dataset.hint;hint.hidden=false;const at=box.getBoundingClientRect(),wide=document.documentElement.clientWidth;hint.style.left=Math.max(8,Math.min(at.left,wide-hint.offsetWidth-8))+scrollX+'px';hint.style.top=at.bottom+8+scrollY+'px'};
document.querySelectorAll('.box>title').forEach(title=>title.remove());
addEventListener('focusin',tell);addEventListener('mouseover',e=>{if(e.target.closest?.('.box'))tell(e);else if(!document.activeElement?.closest?.('.box'))off()});addEventListener('focusout',off);addEventListener('keydown',e=>{if(e.key==='Escape')off()});addEventListener('scroll',()=>{const box=document.activeElement?.closest?.('.box');if(box&&!hint.hidden)tell({target:box});else off()},true);
`
