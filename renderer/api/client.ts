import { client, type Bridge } from '../../shared/ipc/client'
import { contract, type Api } from '../../shared/ipc/contract'

/** Looked up at each call, so that importing a component needs no bridge yet (tests put theirs in place first). */
const bridge: Bridge = {
  invoke: (channel, input) => window.innkeeper.invoke(channel, input),
  on: (channel, listener) => window.innkeeper.on(channel, listener),
}

/** Everything the window can ask of main. Failures are AppErrors. */
export const api: Api = client(contract, bridge)
