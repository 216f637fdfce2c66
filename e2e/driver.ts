import type { Page } from '@playwright/test'
import { client, type Bridge } from '../shared/ipc/client'
import { contract, type Api } from '../shared/ipc/contract'
import type { Reply } from '../shared/ipc/define'

interface PageBridge {
  innkeeper: { invoke(channel: string, input: unknown): Promise<Reply<unknown>> }
}

/** The contract's client, speaking through the page: tests ask main exactly what the window could ask. */
export function driver(page: Page): Api {
  const bridge: Bridge = {
    invoke: (channel, input) =>
      page.evaluate(
        ([name, value]) => (globalThis as unknown as PageBridge).innkeeper.invoke(name as string, value),
        [channel, input],
      ),
    on: (channel) => {
      throw new Error(`Tests watch the window, not ${channel}`)
    },
  }
  return client(contract, bridge)
}
