import type V8 from 'node:v8'
import type Vm from 'node:vm'
import type { RunningApp } from '../start-app'

/** What both processes hold once everything that nobody needs has been collected. */
export async function memoryOf({
  electron,
  page,
}: RunningApp): Promise<{ readonly mainBytes: number; readonly pageBytes: number }> {
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const mainBytes = await electron.evaluate(() => {
      const need = process.mainModule?.require
      if (!need) throw new Error('main has no modules')
      const [v8, vm] = [need('node:v8') as typeof V8, need('node:vm') as typeof Vm]
      v8.setFlagsFromString('--expose-gc')
      const collect = vm.runInNewContext('gc') as () => void
      collect()
      const { external, heapUsed } = process.memoryUsage()
      return external + heapUsed
    })
    return { mainBytes, pageBytes: usedSize }
  } finally {
    await session.detach()
  }
}
