import { render } from 'preact'
import { App } from './app.tsx'
import { connect } from './state/connection.ts'
import { listenToKeys } from './state/keyboard.ts'

const root = document.getElementById('app')
if (root) {
  render(<App />, root)
  connect()
  listenToKeys()
}
