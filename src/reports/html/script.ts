/**
 * The page's only script. Sections become tabs, lists are searched, filtered and sorted, and a box of a drawing says what it stands on
 * while it is hovered or focused; Escape puts that away. Without it everything is shown, and boxes have the browser's own tooltips.
 */
export const script = `
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
document.documentElement.classList.add('js')

const sections = all('main>section'), tabs = all('nav a')
function show(id) {
  const target = id === '' ? null : document.getElementById(id)
  const section = target?.closest('main>section') ?? sections[0]
  for (const other of sections) other.classList.toggle('current', other === section)
  for (const tab of tabs) tab.setAttribute('aria-current', String(tab.hash === '#' + section?.id))
  for (let outer = target?.closest('details'); outer; outer = outer.parentElement.closest('details')) outer.open = true
  if (target && target !== section) target.scrollIntoView()
  else scrollTo(0, 0)
}
addEventListener('hashchange', () => show(decodeURIComponent(location.hash.slice(1))))

const lists = new Map()
for (const bar of all('.filters')) {
  const section = bar.closest('section')
  const search = bar.querySelector('input'), selects = all('select', bar), shown = bar.querySelector('[role=status]')
  const rows = all('[data-row]', section), groups = all('[data-group]', section)
  const texts = new Map()
  const textOf = (row) => texts.get(row) ?? texts.set(row, (row.textContent + ' ' + row.dataset.row + ' ' + (row.closest('[data-group]')?.querySelector('.head').textContent ?? '')).toLowerCase()).get(row)
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    let count = 0
    for (const row of rows) {
      const wanted = selects.every(({ value, dataset: { key } }) => value === '' || row.dataset[key] === value) && words.every((word) => textOf(row).includes(word))
      row.hidden = !wanted
      if (wanted) count++
    }
    for (const group of groups) {
      const left = all('[data-row]:not([hidden])', group).length
      group.hidden = left === 0
      group.querySelector('.n').textContent = left
    }
    shown.textContent = count + ' of ' + rows.length
  }
  search.addEventListener('input', apply)
  for (const select of selects) select.addEventListener('change', apply)
  lists.set('#' + section.id, (wanted) => {
    search.value = wanted.get('search') ?? ''
    for (const select of selects) select.value = wanted.get(select.dataset.key) ?? ''
    apply()
  })
  apply()
}
addEventListener('click', ({ target }) => {
  const link = target.closest?.('a[data-set]')
  if (link) lists.get(link.hash)?.(new URLSearchParams(link.dataset.set))
})

for (const button of all('th button')) button.addEventListener('click', () => {
  const head = button.closest('th'), body = head.closest('table').tBodies[0]
  const rising = head.getAttribute('aria-sort') !== 'ascending', order = new Intl.Collator('en', { numeric: true })
  const key = (row) => (row.cells[head.cellIndex].querySelector('b') ?? row.cells[head.cellIndex]).textContent
  for (const other of head.parentElement.cells) other.removeAttribute('aria-sort')
  head.setAttribute('aria-sort', rising ? 'ascending' : 'descending')
  body.append(...[...body.rows].sort((a, b) => order.compare(key(a), key(b)) * (rising ? 1 : -1)))
})

const hint = document.createElement('div')
hint.id = 'hint'
hint.hidden = true
hint.setAttribute('role', 'tooltip')
document.body.append(hint)
const off = () => { hint.hidden = true }
const tell = ({ target }) => {
  const box = target.closest?.('.box')
  if (!box?.dataset.hint) return
  hint.textContent = box.dataset.hint
  hint.hidden = false
  const at = box.getBoundingClientRect()
  hint.style.left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - hint.offsetWidth - 8)) + scrollX + 'px'
  hint.style.top = at.bottom + 8 + scrollY + 'px'
}
for (const title of all('.box>title')) title.remove()
addEventListener('focusin', tell)
addEventListener('mouseover', (event) => {
  if (event.target.closest?.('.box')) tell(event)
  else if (!document.activeElement?.closest?.('.box')) off()
})
addEventListener('focusout', off)
addEventListener('keydown', ({ key }) => { if (key === 'Escape') off() })
addEventListener('scroll', () => {
  const box = document.activeElement?.closest?.('.box')
  if (box && !hint.hidden) tell({ target: box })
  else off()
}, true)

addEventListener('beforeprint', () => all('details').forEach((one) => { one.open = true }))
show(decodeURIComponent(location.hash.slice(1)))
`
