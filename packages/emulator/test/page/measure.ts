import type { CDPSession, Page } from 'playwright-core'

/** Heap in use after a collection. */
export async function megabytesUsed(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1_048_576
}

export interface ScrollFigures {
  readonly fps: number
  readonly longestMs: number
  /** Processor time of the page's own thread for each frame: what other programs cannot slow down. */
  readonly busyMs: number
}

/** Scrolls down and up by a screen's part each frame, and counts the frames that were drawn. */
export async function measureScroll(page: Page, durationMs: number): Promise<ScrollFigures> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busyBefore = await taskSeconds(session)
  const frames = (await page.evaluate(`new Promise((resolve) => {
    // Nothing is read while it moves: that would make the browser lay out twice in a frame.
    const scroller = document.querySelector('.scroller')
    const end = scroller.scrollHeight - scroller.clientHeight
    const frames = []
    let [top, step] = [3000, 180]
    const start = performance.now()
    const tick = (now) => {
      frames.push(now)
      top += step
      if (top > end || top < 2000) step = -step
      scroller.scrollTop = top
      if (now - start < ${durationMs}) requestAnimationFrame(tick)
      else resolve(frames)
    }
    requestAnimationFrame(tick)
  })`)) as readonly number[]
  const busySec = (await taskSeconds(session)) - busyBefore
  await session.detach()
  const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time))
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    fps: (gaps.length / total) * 1000,
    longestMs: Math.max(...gaps),
    busyMs: (busySec * 1000) / frames.length,
  }
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}
