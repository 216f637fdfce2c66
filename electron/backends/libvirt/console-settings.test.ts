import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { Link, RunResult } from '../../link/link'
import { openLocalLink } from '../../link/local'
import { qemuConf, readQemuSettings, settingsFrom, startedFrom } from './console-settings'
import { fromTexts, isSameHost, readHostFiles, readLines } from '../host/details-files'

const uuid = '11111111-2222-3333-4444-555555555555'

function linkThat(answer: (argv: readonly string[]) => Partial<RunResult>): Link {
  return {
    run: async (argv: readonly string[]) => ({ stdout: '', stderr: '', code: 0, ...answer(argv) }),
  } as unknown as Link
}

test('settings of qemu.conf are read, and what is not set is what libvirt takes then', () => {
  expect(settingsFrom('').defaults).toMatchObject({
    vncListen: '127.0.0.1',
    vncTls: false,
    vncPasswordSet: false,
  })
  const text =
    'vnc_listen = "0.0.0.0"\nvnc_tls = 1\n  vnc_sasl=1 # yes\nvnc_password = "\nseccomp_sandbox = 0'
  const { defaults, seccomp } = settingsFrom(text)
  expect(defaults).toMatchObject({ vncListen: '0.0.0.0', vncTls: true, vncSasl: true, vncPasswordSet: true })
  expect(seccomp).toBe('off')
})

test('of a password in qemu.conf nothing but its opening quote is ever sent', async () => {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises')
  const folder = await mkdtemp('/tmp/innkeeper-conf-')
  const file = `${folder}/qemu.conf`
  await writeFile(file, '# vnc_password = "no"\nvnc_password = "canary42"\nvnc_listen = "0.0.0.0"\n')
  const local = openLocalLink()
  let sent = ''
  const link = {
    ...local,
    run: async (argv: readonly string[], options: object) => {
      const result = await local.run(
        argv.map((word) => (word === qemuConf ? file : word)),
        options,
      )
      sent = result.stdout
      return result
    },
  }
  const { defaults } = await readQemuSettings(link)
  expect(sent.split('\n')).toEqual(['vnc_password = "', 'vnc_listen = "0.0.0.0"', ''])
  expect(defaults).toMatchObject({ kind: 'known', vncPasswordSet: true, vncListen: '0.0.0.0' })
  await rm(folder, { recursive: true })
  await local.close()
})

test('settings only root may read are said to be unreadable, and a missing file means the defaults', async () => {
  const denied = linkThat(() => ({ code: 2, stderr: `grep: ${qemuConf}: Permission denied` }))
  expect((await readQemuSettings(denied)).defaults).toEqual({
    kind: 'unreadable',
    why: `${qemuConf} may be read by root only, and the connection is not root's.`,
  })
  const missing = linkThat(() => ({ code: 2, stderr: `grep: ${qemuConf}: No such file or directory` }))
  expect((await readQemuSettings(missing)).defaults.kind).toBe('known')
})

test('a command line tells TLS, SASL and passwords of the VM its uuid names, and of no other', () => {
  const file = '/proc/7/cmdline'
  const words = [
    `${file}:-object`,
    `${file}-{"qom-type":"tls-creds-x509","id":"vnc-tls-creds0","verify-peer":true}`,
    `${file}:-uuid`,
    `${file}-${uuid}`,
    `${file}:-vnc`,
    `${file}-0.0.0.0:0,tls-creds=vnc-tls-creds0,sasl=on,audiodev=audio1`,
    '/proc/77/cmdline:-uuid',
    '/proc/77/cmdline-not-asked-for',
  ]
  const started = startedFrom(`${words.join('\0')}\0`, [file])
  expect([...started]).toEqual([
    [uuid, [{ hasTls: true, verifiesClients: true, hasSasl: true, hasPassword: false }]],
  ])
})

test('the way old hosts wrote TLS is understood, and a plain display has none', () => {
  const file = '/proc/7/cmdline'
  const of = (value: string) =>
    startedFrom([`${file}:-uuid`, `${file}-${uuid}`, `${file}:-vnc`, `${file}-${value}`].join('\0'), [file])
      .values()
      .next().value
  expect(of('0.0.0.0:0,tls,x509verify=/etc/pki/libvirt-vnc')).toMatchObject([
    { hasTls: true, verifiesClients: true },
  ])
  expect(of('127.0.0.1:0,password=on')).toEqual([
    { hasTls: false, verifiesClients: false, hasSasl: false, hasPassword: true },
  ])
})

test('files count only when commands run on the host of the daemon', async () => {
  const link = linkThat(() => ({ stdout: '/proc/sys/kernel/hostname:laptop\n/sys/kernel/mm/ksm/run:1\n' }))
  expect(await readHostFiles(link, 'rack-1.example')).toEqual({
    memory: {},
    ksm: 'unknown',
    smt: 'unknown',
    nested: 'unknown',
    whyUnknown: 'Commands run on "laptop", but the daemon is on "rack-1.example".',
  })
  expect(await readHostFiles(link, 'Laptop.example')).toMatchObject({ ksm: 'on' })
  expect(isSameHost('', '')).toBe(false)
})

test('a connection that runs no commands leaves everything unknown and says so', async () => {
  const link = {
    run: () => Promise.reject(new AppError('unsupported', 'TLS carries no commands')),
  } as unknown as Link
  expect((await readHostFiles(link, 'a')).whyUnknown).toContain('TLS carries no commands')
})

test('flaws the kernel calls vulnerable are named, mitigated ones are not', () => {
  const folder = '/sys/devices/system/cpu/vulnerabilities'
  const texts = new Map([
    [`${folder}/mds`, ['Vulnerable: Clear CPU buffers attempted, no microcode']],
    [`${folder}/meltdown`, ['Mitigation: PTI']],
    [`${folder}/spec_store_bypass`, ['Vulnerable']],
    ['/etc/os-release', ['NAME="x"', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"']],
    ['/proc/uptime', ['1000.50 2000']],
  ])
  const stat = `12 (lib virtd) S ${Array.from({ length: 18 }, () => '0').join(' ')} 40050 0`
  expect(fromTexts(texts, stat)).toMatchObject({
    openFlaws: ['spec store bypass', 'mds'],
    os: 'Debian GNU/Linux 12 (bookworm)',
    uptimeMs: 1_000_500,
    daemonUptimeMs: 600_000,
  })
})

test('lines are given to the file they came from, whatever they hold', async () => {
  const link = linkThat(() => ({ stdout: '/a:x:/b:y\n/b:1\n/b:2\n/c:not asked for\n' }))
  expect([...(await readLines(link, ['/a', '/b']))]).toEqual([
    ['/a', ['x:/b:y']],
    ['/b', ['1', '2']],
  ])
})
