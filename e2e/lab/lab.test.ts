// The lab itself, with real hosts and a real guest. Needs root and the packages of packages.txt.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientFolder, findLab, type Lab, type LabHost, makeAuthority, startLab, stateDirectory } from './lab'
import { run, until } from './run'

const hourMs = 3_600_000
const bootMs = 120_000
const seconds = (fromMs: number) => `${((Date.now() - fromMs) / 1000).toFixed(1)} s`

/** Everything on this machine that belongs to a lab. (Other runs may wait for the lab meanwhile; they have none yet.) */
async function traces(): Promise<string> {
  const [namespaces, mounts, processes, groups] = await Promise.all([
    run(['ip', 'netns', 'list']),
    run(['findmnt', '--noheadings', '--output', 'TARGET']),
    run(['ps', '-eo', 'pid,args']),
    run(['find', '/sys/fs/cgroup', '-maxdepth', '2', '-name', 'innkeeper-lab']),
  ])
  const matching = (text: string, pattern: RegExp) => text.split('\n').filter((line) => pattern.test(line))
  return [
    ...matching(namespaces, /^lab/),
    ...matching(mounts, /innkeeper-lab|netns\/lab/),
    ...matching(processes, /host\/(init|enter)\.sh|innkeeper-lab\/guest/),
    ...matching(groups, /./),
    ...(existsSync(stateDirectory) ? [stateDirectory] : []),
  ].join('\n')
}

/** The processes of the running lab's hosts, each with its start time, as numbers are used again. */
async function hostProcesses(): Promise<string[]> {
  const pids = (await run(['ip', 'netns', 'pids', 'labA'])).trim().split('\n')
  return pids.flatMap((pid) => processAt(pid) ?? [])
}

function processAt(pid: string): string | undefined {
  try {
    // The 22nd field, the start time; the second one, the name in brackets, may contain spaces (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return `${pid} ${fields[19]}`
  } catch {
    return undefined
  }
}

function ssh(lab: Lab, host: LabHost, login: readonly string[], command: string): Promise<string> {
  const check = [
    '-o',
    `UserKnownHostsFile=${stateDirectory}/known-${host.name}`,
    '-o',
    'StrictHostKeyChecking=yes',
  ]
  return run([...lab.clientPrefix, ...login, ...check, `${host.user}@${host.address}`, command])
}

/** True when something accepts a connection at this unix socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

describe('a lab', { timeout: hourMs }, () => {
  let lab: Lab
  let left: string | undefined

  beforeAll(async () => {
    const begun = Date.now()
    const whenDown = async () => {
      left = await traces()
    }
    lab = await startLab({ whenDown })
    expect(await traces()).not.toBe('')
    console.log(`lab: hosts up in ${seconds(begun)}`, await lab.versions())
  }, hourMs)

  afterAll(async () => {
    const begun = Date.now()
    await lab.stop()
    console.log(`lab: down in ${seconds(begun)}`)
    expect(left).toBe('')
  }, hourMs)

  it('has hosts whose daemons answer on their unix socket, each with its own name and uuid', async () => {
    for (const host of lab.hosts) {
      expect((await host.virsh(['hostname'])).trim()).toBe(host.name)
      expect(await host.virsh(['capabilities'])).toContain(`<uuid>${host.uuid}</uuid>`)
      expect(await host.virsh(['list', '--all'])).toBe('')
      expect(await answers(host.socketPath)).toBe(true)
    }
    expect(lab.host('labA').uuid).not.toBe(lab.host('labB').uuid)
  })

  it('serves the test driver through a host daemon', async () => {
    const host = lab.host('labA')
    expect(await host.virsh(['list', '--all', '--name'], { uri: host.uri('test:///default') })).toBe('test\n')
  })

  it('lets a client with a certificate of the lab in by TLS, and no other', async () => {
    for (const host of lab.hosts) {
      const uri = (folder: string) => `qemu+tls://${host.address}/system?pkipath=${folder}`
      const client = (folder: string) =>
        run([...lab.clientPrefix, 'virsh', '-q', '-c', uri(folder), 'hostname'])
      expect((await client(lab.pkiPath)).trim()).toBe(host.name)
      const stranger = await makeAuthority(`${stateDirectory}/stranger-${host.name}`, 'Stranger')
      const folder = `${stateDirectory}/stranger-${host.name}/client`
      await clientFolder(stranger, folder, { name: 'stranger', trusts: lab.authority })
      await expect(client(folder)).rejects.toThrow('failed to connect')
    }
  })

  it('starts one more daemon with names and passwords of its own, and ends it', async () => {
    const host = lab.host('labA')
    const extra = await host.startExtraDaemon({
      tls: { authority: lab.authority, auth: 'sasl' },
      sasl: { mechanisms: 'scram-sha-256', users: { alice: 'opensesame' } },
    })
    expect(
      (
        await run(['virsh', '-q', '-c', `test+unix:///default?socket=${extra.socketPath}`, 'hostname'])
      ).trim(),
    ).toBe(host.name)
    const signIn = async (password: string) => {
      const file = `${stateDirectory}/auth.conf`
      const words = `[credentials-x]\nauthname=alice\npassword=${password}\n[auth-libvirt-default]\ncredentials=x\n`
      await writeFile(file, words)
      const uri = `test+tls://${host.address}:${extra.tlsPort}/default?pkipath=${lab.pkiPath}&authfile=${file}`
      return run([...lab.clientPrefix, 'virsh', '-q', '-c', uri, 'list', '--name'])
    }
    expect((await signIn('opensesame')).trim()).toBe('test')
    await expect(signIn('wrong')).rejects.toThrow('authentication failed')
    await extra.stop()
  })

  it('lets the client in by ssh with the key and with the password, and shows the announced host key', async () => {
    for (const host of lab.hosts) {
      await run(['tee', `${stateDirectory}/known-${host.name}`], {
        input: `${host.address} ${host.hostKey}\n`,
      })
      const key = ['ssh', '-i', host.keyFile, '-o', 'BatchMode=yes']
      expect((await ssh(lab, host, key, 'virsh -q list --all; hostname')).trim()).toBe(host.name)
      const password = ['sshpass', '-p', host.password, 'ssh', '-o', 'PubkeyAuthentication=no']
      expect((await ssh(lab, host, password, 'hostname')).trim()).toBe(host.name)
      const wrong = ['sshpass', '-p', 'wrong', 'ssh', '-o', 'PubkeyAuthentication=no']
      await expect(ssh(lab, host, wrong, 'hostname')).rejects.toThrow('Permission denied')
      const fingerprint = await run(['ssh-keygen', '-l', '-f', `${stateDirectory}/known-${host.name}`])
      expect(fingerprint).toContain(` ${host.hostKeyFingerprint} `)
    }
  })

  it('runs a guest to its ready mark, takes keys typed on its screen, and ends it by ACPI', async () => {
    const host = lab.host('labA')
    const begun = Date.now()
    await host.startGuest({ name: 'boots', disk: true }, bootMs)
    console.log(`lab: guest defined, started and ready in ${seconds(begun)}`)
    expect((await host.virsh(['vncdisplay', 'boots'])).trim()).toMatch(/^127\.0\.0\.1:\d+$/)
    const keys = ['S', 'A', 'Y', 'SPACE', 'X', '1', 'ENTER'].map((key) => `KEY_${key}`)
    for (const key of keys) await host.virsh(['send-key', 'boots', key])
    await host.waitSerial('boots', /LAB-SAID x1/, bootMs)

    const asked = Date.now()
    await host.virsh(['shutdown', 'boots', '--mode', 'acpi'])
    await host.waitState('boots', 'shut off', bootMs)
    console.log(`lab: guest off ${seconds(asked)} after the power button`)
    expect(await host.virsh(['vol-list', 'default'])).toContain('boots.qcow2')
    await host.removeGuest('boots')
    expect(await host.guestState('boots')).toBeUndefined()
    expect(await host.virsh(['vol-list', 'default'])).not.toContain('boots.qcow2')
  })

  it('takes guest names with markup in them, and every kind of screen and load', async () => {
    const host = lab.host('labB')
    const name = `<img src=x onerror="alert('1')"> & co`
    await host.startGuest({ name, graphics: 'vnc-socket', load: ['anim', 'dirty'] }, bootMs)
    await host.waitSerial(name, /LAB-ANIM frame=50/, bootMs)
    expect(await host.virsh(['list', '--name'])).toBe(`${name}\n`)
    await host.removeGuest(name)
    for (const graphics of ['spice', 'none'] as const) {
      await host.defineGuest({ name: graphics, graphics })
      await host.virsh(['start', graphics])
      await host.waitState(graphics, 'running')
      await host.removeGuest(graphics)
    }
  })

  it('keeps guests through a killed daemon, and the daemon comes back', async () => {
    const host = lab.host('labB')
    await host.defineGuest({ name: 'survivor' })
    await host.virsh(['start', 'survivor'])
    await host.killDaemon()
    expect(await answers(host.socketPath)).toBe(false)
    expect((await lab.host('labA').virsh(['hostname'])).trim()).toBe('labA')
    await host.startDaemon()
    expect(await host.guestState('survivor')).toBe('running')
    await host.removeGuest('survivor')
  })

  it('freezes and thaws a daemon', async () => {
    const host = lab.host('labA')
    await host.stopDaemon()
    await expect(host.virsh(['hostname'], { timeoutMs: 1_000 })).rejects.toThrow('no end after')
    await host.contDaemon()
    expect((await host.virsh(['hostname'])).trim()).toBe('labA')
  })

  it('pulls and plugs a cable', async () => {
    const host = lab.host('labB')
    const ping = [...lab.clientPrefix, 'nc', '-z', '-w', '1', host.address, '22']
    await run(ping)
    await host.cableOut()
    await expect(run(ping)).rejects.toThrow()
    await host.cableIn()
    await until('the way to labB', 30_000, () =>
      run(ping)
        .then(() => true)
        .catch(() => false),
    )
  })

  it('is joined, not started again, by a second start in the same run, whose stop leaves it alone', async () => {
    const second = await startLab({ hosts: ['labA'] })
    expect(second.host('labA').uuid).toBe(lab.host('labA').uuid)
    await second.stop()
    expect((await lab.host('labA').virsh(['hostname'])).trim()).toBe('labA')
  })
})

describe('a run that is killed', { timeout: hourMs }, () => {
  it('leaves nothing behind, and the next run starts at once', async () => {
    const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', cli, 'hold'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve, reject) => {
      let out = ''
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString()
        if (out.includes('guest ready')) resolve()
      })
      child.on('close', () => reject(new Error(`ended early: ${out}`)))
    })
    const processes = await hostProcesses()
    expect(processes.length).toBeGreaterThan(4)
    const uuid = (await findLab())?.host('labA').uuid
    child.kill('SIGKILL')
    await until('its hosts to end', 60_000, () =>
      processes.every((process) => processAt(process.split(' ')[0] ?? '') !== process),
    )

    let left: string | undefined
    const whenDown = async () => {
      left = await traces()
    }
    const next = await startLab({ hosts: ['labA'], whenDown })
    expect(next.host('labA').uuid).not.toBe(uuid)
    expect(await next.host('labA').virsh(['list', '--all'])).toBe('')
    await next.stop()
    expect(left).toBe('')
  })
})
