import { createElement as h, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Link, Route, Routes } from 'react-router'
import { CapiProvider, type CapiProviderProps, useCapi } from '../src/react.ts'

function Product() {
  const capi = useCapi()
  const add = () => capi.track('AddToCart', { content_ids: ['mug'] }, { event_id: 'cart.1' })
  return h('button', { type: 'button', onClick: add }, 'Add')
}

const home = h(Link, { to: '/mug' }, 'Mug')

/** An application with React Router, in strict mode as while developing. */
function App(props: CapiProviderProps) {
  const routes = h(
    Routes,
    null,
    h(Route, { path: '/', element: home }),
    h(Route, { path: '/mug', element: h(Product) }),
  )
  return h(StrictMode, null, h(CapiProvider, props, h(BrowserRouter, null, routes)))
}

Object.assign(window, {
  start(props: CapiProviderProps) {
    const root = createRoot(document.body.appendChild(document.createElement('main')))
    root.render(h(App, props))
    return (next: CapiProviderProps) => root.render(h(App, next))
  },
})
