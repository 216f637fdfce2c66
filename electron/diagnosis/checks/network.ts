import { skipped, type Check } from '../check'
import { lookUp, tryPort } from '../probes/network'
import type { RunState } from '../run-state'
import { judgeName, judgePort, type Service } from '../verdicts/network'

/** Less than the step's own limit, so that each address gets its verdict. */
const portLimitMs = 8000
/** A name may have any number of addresses; connecting tries the first few as well. */
const maxAddresses = 8

export function nameCheck(state: RunState): Check {
  return {
    id: 'name',
    title: 'The host name is known',
    needs: [],
    async run(signal) {
      if (state.jump !== undefined) return skipped(`The name is looked up on the way, over ${state.jump}`)
      const lookup = await lookUp(state.host, signal)
      if (lookup.kind === 'address') state.addresses = [state.host]
      if (lookup.kind === 'found') state.addresses = lookup.addresses.slice(0, maxAddresses)
      return judgeName(state.host, lookup)
    },
  }
}

export function portCheck(state: RunState, service: Omit<Service, 'port'>): Check {
  return {
    id: 'port',
    title: 'The port is reachable',
    needs: ['name'],
    async run(signal) {
      if (state.jump !== undefined) return skipped(`The port is reached over ${state.jump}`)
      const tries = await tryPort(state.addresses, state.port, signal, portLimitMs)
      const verdict = judgePort({ ...service, port: state.port }, state.host, tries)
      state.addresses = tries.filter(({ code }) => code === undefined).map(({ address }) => address)
      return verdict
    },
  }
}
