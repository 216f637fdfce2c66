import { parseArgs } from 'node:util'
import { benchFleet } from './fleet/bench-fleet'
import { benchRpc } from './rpc/bench-rpc'

const usage = `Usage: npm run bench -- rpc [--json FILE] [--domains 1000] [--rounds 9]
       npm run bench -- fleet [--json FILE] [--hosts 50] [--domains 1000] [--seconds 30]

  rpc   connect + list + statistics, and one poll tick, against python3-libvirt and virsh,
        over the unix socket, TLS and ssh (both engines); ratios to our client (above 1: the peer costs more)
  fleet many hosts at once: connecting, CPU per second, longest stall of the main loop and memory,
        against python3-libvirt with a thread per host
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    domains: { type: 'string', default: '1000' },
    hosts: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '9' },
    worker: { type: 'string' },
  },
})

if (positionals[0] === 'rpc') {
  await benchRpc({
    json: values.json,
    domains: Number(values.domains),
    rounds: Number(values.rounds),
    worker: values.worker,
  })
} else if (positionals[0] === 'fleet') {
  await benchFleet({
    json: values.json,
    hosts: Number(values.hosts),
    domains: Number(values.domains),
    seconds: Number(values.seconds),
  })
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
