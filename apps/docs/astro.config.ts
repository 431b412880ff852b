import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { SECTIONS } from './src/sidebar.ts'

export default defineConfig({
  integrations: [
    starlight({
      title: '@capi',
      description: 'The TypeScript toolkit for Meta’s Conversions API.',
      customCss: ['./src/styles/site.css'],
      // Wide tables scroll, so the keyboard has to reach them.
      head: [{ tag: 'script', attrs: { src: '/focusable-tables.js', defer: true } }],
      // Nothing to scroll in code: it breaks where the page ends.
      expressiveCode: { defaultProps: { wrap: true } },
      sidebar: SECTIONS.map(({ label, pages }) =>
        'folder' in pages
          ? {
              label,
              collapsed: pages.isCollapsed ?? false,
              items: [{ autogenerate: { directory: pages.folder } }],
            }
          : { label, items: [...pages] },
      ),
    }),
  ],
})
