import { parseArgs } from 'node:util'
import { benchRpc } from './rpc/bench-rpc'

const usage = `Usage: npm run bench -- rpc [--json FILE] [--domains 1000] [--rounds 9]

  rpc   connect + list + statistics, and one poll tick, against python3-libvirt and virsh,
        over the unix socket and over ssh; ratios to our client (above 1: the peer costs more)
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    domains: { type: 'string', default: '1000' },
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
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
