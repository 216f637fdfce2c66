// The lab by hand: npx tsx e2e/lab/cli.ts help
import { spawn } from 'node:child_process'
import type { GuestGraphics, GuestLoad, HostName, Lab } from './lab'
import { clearLab, findLab, startLab } from './lab'
import { startRichHost } from './rich/rich-host'

const usage = `The lab of real hosts on this machine (needs root):
  up                        bring it up and leave it running, or say that it is
  down                      take it down
  status                    its hosts, how to log in, their guests
  guest HOST NAME [WORD…]   define and start a guest. Words: a screen (vnc, vnc-socket, spice, none),
                            "disk" for a 64 MiB disk, loads (anim, cpu, disk-load, dirty)
  remove HOST NAME          remove a guest and its disk
  virsh HOST ARGUMENT…      run virsh on a host's daemon
  exec HOST COMMAND…        run a command inside a host
  rich                      start the host with hardware to give away beside the running lab, until this is interrupted
  client COMMAND…           print how to run a command on the lab's network
  run COMMAND…              bring it up, run a command on its network, take it down; gives the command's exit code
  hold                      bring it up with a guest and take it down when this process ends`

const graphicsWords: readonly string[] = ['vnc', 'vnc-socket', 'spice', 'none'] satisfies GuestGraphics[]
const loadWords: Record<string, GuestLoad> = { anim: 'anim', cpu: 'cpu', 'disk-load': 'disk', dirty: 'dirty' }

async function runningLab(): Promise<Lab> {
  const lab = await findLab()
  if (!lab) throw new Error('no lab is running; start one with: up')
  return lab
}

async function status(): Promise<void> {
  const lab = await runningLab()
  console.log(await lab.versions())
  for (const host of lab.hosts) {
    console.log(
      `\n${host.name}  ssh ${host.user}@${host.address}  password ${host.password}  key ${host.keyFile}`,
    )
    console.log(`  host key ${host.hostKeyFingerprint}`)
    console.log(`  ${host.uri()}`)
    console.log(await host.virsh(['list', '--all']))
  }
  console.log(`on the lab's network: ${lab.clientPrefix.join(' ')} COMMAND`)
}

async function guest(hostName: HostName, name: string, words: readonly string[]): Promise<void> {
  const unknown = words.filter((word) => word !== 'disk' && !graphicsWords.includes(word) && !loadWords[word])
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}`)
  const graphics = words.find((word) => graphicsWords.includes(word)) as GuestGraphics | undefined
  const host = (await runningLab()).host(hostName)
  await host.startGuest({
    name,
    disk: words.includes('disk'),
    graphics: graphics ?? 'vnc',
    load: words.flatMap((word) => loadWords[word] ?? []),
  })
  console.log(`${name} is up; serial line: ${host.serialLogPath(name)}`)
}

async function rich(): Promise<void> {
  const lab = await runningLab()
  const begun = Date.now()
  const host = await startRichHost(lab)
  console.log(`up in ${Math.round((Date.now() - begun) / 1000)} s; ends with this process`)
  console.log(`${[...lab.clientPrefix, 'virsh', '-c', host.uri].join(' ')} nodedev-list --tree`)
  console.log(`ssh ${host.user}@${host.address}  password ${host.password}  key ${host.keyFile}`)
  setInterval(() => undefined, 60_000)
}

async function hold(): Promise<void> {
  const lab = await startLab({ hosts: ['labA'] })
  await lab.host('labA').startGuest({ name: 'held' })
  console.log('guest ready; ends with this process')
  setInterval(() => undefined, 60_000)
}

/** Children join this lab (see startLab), so a test run brings it up once, outside the namespace its tests run in. */
async function runOnNetwork(argv: readonly string[]): Promise<void> {
  const lab = await startLab()
  try {
    console.log('Lab:', await lab.versions())
    const [command = '', ...words] = [...lab.clientPrefix, ...argv]
    const child = spawn(command, words, { stdio: 'inherit' })
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => resolve(code ?? 1)).once('error', reject)
    })
  } finally {
    await lab.stop()
  }
}

async function main([command = 'help', first = '', ...rest]: readonly string[]): Promise<void> {
  const hostName = first as HostName
  switch (command) {
    case 'up': {
      const lab = await startLab({ keep: true })
      await status()
      return lab.stop()
    }
    case 'down':
      return clearLab()
    case 'status':
      return status()
    case 'guest':
      return guest(hostName, rest[0] ?? 'guest', rest.slice(1))
    case 'remove':
      return (await runningLab()).host(hostName).removeGuest(rest[0] ?? '')
    case 'virsh':
      process.stdout.write(await (await runningLab()).host(hostName).virsh(rest))
      return
    case 'exec':
      process.stdout.write(await (await runningLab()).host(hostName).exec(rest))
      return
    case 'rich':
      return rich()
    case 'client':
      console.log([...(await runningLab()).clientPrefix, first, ...rest].join(' '))
      return
    case 'run':
      return runOnNetwork([first, ...rest])
    case 'hold':
      return hold()
    default:
      console.log(usage)
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
