/** The measured viewers' server, in a process of its own. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { EncodingName } from './encode'
import type { Figures, Order, Report } from './screen-server'

export interface ScreenProcess {
  readonly port: number
  show(encoding: EncodingName): Promise<void>
  move(moves: boolean): Promise<void>
  figures(): Promise<Figures>
  stop(): void
}

export async function startScreen(jpegFolder: string): Promise<ScreenProcess> {
  const child = fork(join(import.meta.dirname, 'screen-server.ts'), [jpegFolder], {
    execArgv: ['--import', 'tsx'],
  })
  const next = (): Promise<Report> =>
    new Promise((resolve, reject) => {
      const over = (): void => reject(new Error('the screen of the bench has ended'))
      child.once('exit', over)
      child.once('message', (report) => {
        child.off('exit', over)
        resolve(report as Report)
      })
    })
  const order = async (one: Order): Promise<Report> => {
    const answer = next()
    child.send(one)
    return answer
  }
  const ready = await next()
  if (ready.kind !== 'ready') throw new Error('the screen of the bench is not ready')
  return {
    port: ready.port,
    show: async (encoding) => void (await order({ kind: 'encoding', encoding })),
    move: async (moves) => void (await order({ kind: 'moves', moves })),
    figures: async () => {
      const report = await order({ kind: 'figures' })
      if (report.kind !== 'figures') throw new Error('the screen of the bench has no figures')
      return report.figures
    },
    stop: () => void child.kill(),
  }
}
