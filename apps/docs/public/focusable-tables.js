// A table that is wider than its page scrolls: then, and only then, the keyboard can get to it.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute('tabindex')
  }
})
for (const table of document.querySelectorAll('.sl-markdown-content table')) watcher.observe(table)
