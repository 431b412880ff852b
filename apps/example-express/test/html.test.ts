import { describe, expect, it } from 'vitest'
import { html, jsonBlock } from '../src/html.ts'

describe('html', () => {
  it('escapes text, in elements and in attributes', () => {
    const text = `<b title="a">'&'</b>`
    expect(html`<p>${text}</p>`.markup).toBe(
      '<p>&lt;b title=&quot;a&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;</p>',
    )
  })

  it('keeps markup that was made by itself', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`)
    expect(html`<ul>${items}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;</li></ul>')
  })

  it('writes 0 and leaves out what is absent', () => {
    expect(html`${0}${undefined}${false}${''}`.markup).toBe('0')
  })
})

describe('jsonBlock', () => {
  it('lets no text close its own element', () => {
    const { markup } = jsonBlock('data', { text: '</script><script>' })
    expect(markup).toBe(
      '<script type="application/json" id="data">{"text":"\\u003c/script>\\u003cscript>"}</script>',
    )
  })
})
