import { parseArgs } from 'node:util'
import { benchConsole, benchConsoleSoak } from './console/bench-console'
import { benchFirstPixel } from './first-pixel/bench-first-pixel'
import { benchFleet } from './fleet/bench-fleet'
import { benchRpc } from './rpc/bench-rpc'
import { benchStats } from './stats/bench-stats'
import { benchTransfer } from './transfer/bench-transfer'

const usage = `Usage: npm run bench -- rpc [--json FILE] [--domains 1000] [--rounds 9]
       npm run bench -- fleet [--json FILE] [--hosts 50] [--domains 1000] [--seconds 30]
       npm run bench -- stats [--json FILE] [--domains 1000] [--seconds 30] [--hours 24]
       npm run bench -- transfer [--json FILE] [--rounds 5] [--only unix]
       npm run bench -- console [--json FILE] [--rounds 3] [--seconds 8] [--only tight]
       npm run bench -- console-soak [--json FILE] [--seconds 600]
       npm run bench -- first-pixel [--json FILE] [--rounds 5]

  rpc   connect + list + statistics, and one poll tick, against python3-libvirt and virsh,
        over the unix socket, TLS and ssh (both engines); ratios to our client (above 1: the peer costs more)
  fleet many hosts at once: connecting, CPU per second, longest stall of the main loop and memory,
        against python3-libvirt with a thread per host
  stats 1,000 VMs asked each second: CPU and longest stall of main, the window's main thread per tick, and a day of samples
        in memory and on disk, with the clock turned faster
  transfer  256 MiB of data and 10 GiB with holes to a host and back, against virsh kept open, over the unix socket and
        ssh (both engines); ratios to virsh (above 1: faster than virsh), and memory
  console   a screen of 1920 by 1080 that is new whenever it is asked for, in the app's window and in TigerVNC's vncviewer:
        pictures taken, shown and bytes a second, from a key to the server, CPU; ratios to vncviewer (above 1: the app takes more)
  console-soak  the same screen in the app alone, and the memory of its processes meanwhile
  first-pixel  from the click to the first pixel a new test guest draws, on QEMU without libvirt, against virt-install with
        virt-viewer for the same guest on the same display; ratios to virt-install (above 1: the app is faster)
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    domains: { type: 'string', default: '1000' },
    hosts: { type: 'string', default: '50' },
    seconds: { type: 'string' },
    hours: { type: 'string', default: '24' },
    rounds: { type: 'string' },
    worker: { type: 'string' },
    only: { type: 'string' },
  },
})

if (positionals[0] === 'rpc') {
  await benchRpc({
    json: values.json,
    domains: Number(values.domains),
    rounds: Number(values.rounds ?? 9),
    worker: values.worker,
  })
} else if (positionals[0] === 'fleet') {
  await benchFleet({
    json: values.json,
    hosts: Number(values.hosts),
    domains: Number(values.domains),
    seconds: Number(values.seconds ?? 30),
  })
} else if (positionals[0] === 'stats') {
  await benchStats({
    json: values.json,
    domains: Number(values.domains),
    seconds: Number(values.seconds ?? 30),
    hours: Number(values.hours),
  })
} else if (positionals[0] === 'transfer') {
  await benchTransfer({
    json: values.json,
    rounds: Number(values.rounds ?? 5),
    only: values.only,
    worker: values.worker,
  })
} else if (positionals[0] === 'console' || positionals[0] === 'console-soak') {
  const isSoak = positionals[0] === 'console-soak'
  await (isSoak ? benchConsoleSoak : benchConsole)({
    json: values.json,
    rounds: Number(values.rounds ?? 3),
    seconds: Number(values.seconds ?? (isSoak ? 600 : 8)),
    only: values.only,
  })
} else if (positionals[0] === 'first-pixel') {
  await benchFirstPixel({ json: values.json, rounds: Number(values.rounds ?? 5) })
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
