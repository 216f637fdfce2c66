/** Every way QEMU has to ask who looks at a screen, each at a real VM that was started with it. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import {
  type Authority,
  issue,
  makeAuthority,
  startLab,
  stateDirectory,
  type Lab,
  type LabHost,
} from '../lab/lab'
import { run } from '../lab/run'
import { secureScreens, type ScreenSecurity } from '../lab/secured-screens'
import { addHost, addLabHost } from '../pages/connect'
import { ConsolePage } from '../pages/console-page'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let screens: Authority
let userHome: string
let app: RunningApp
let main: MainWindow

const accounts = { maria: 'open sesame' }
const overSsh = "<listen type='address' address='127.0.0.1'/>"
const onNetwork = "<listen type='address' address='0.0.0.0'/>"

let running: readonly string[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  screens = await makeAuthority(join(userHome, 'screens'), 'Screens of the lab')
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, host, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of running) await host?.removeGuest(name)
  if (host) await secureScreens(host, {})
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

/**
 * VMs that were started with these settings, in place of those before: a daemon that starts anew beside running VMs may lose one
 * of them when the machine is busy.
 */
async function start(
  security: ScreenSecurity,
  guests: readonly { readonly name: string; readonly listen?: string; readonly more?: string }[],
): Promise<void> {
  for (const name of running) await host.removeGuest(name)
  await secureScreens(host, security)
  running = guests.map(({ name }) => name)
  for (const { name, listen = overSsh, more = '' } of guests) {
    const screen = `<graphics type='vnc' autoport='yes' ${more}>${listen}</graphics>`
    await host.defineTiny(name, `${screen}<video><model type='vga'/></video>`)
    await host.virsh(['start', name])
  }
  await connected()
  await main.showAll()
  for (const name of running) await expect(main.state(name)).toContainText('Running', { timeout: 60_000 })
}

/** The daemon was started anew, and the app waits longer each time before it tries by itself. */
async function connected(): Promise<void> {
  const id = await hostId('Lab A')
  const kind = async (): Promise<string | undefined> =>
    (await app.api.hosts.list()).items.find((one) => one.id === id)?.status.kind
  await expect(async () => {
    if ((await kind()) !== 'connected') await app.api.hosts.connect({ host: id })
    expect(await kind()).toBe('connected')
  }).toPass({ timeout: 60_000 })
}

const open = (name: string): Promise<ConsolePage> => ConsolePage.open(app.page, name)

test('a screen without security opens and says that ssh encrypts it', async () => {
  await start({}, [{ name: 'plain' }, { name: 'own-password', more: "passwd='sesame12'" }])
  await (await open('plain')).shows('Connected, encrypted by ssh')
})

test('a password of the VM’s own definition is used without asking', async () => {
  await (await open('own-password')).shows('Connected, encrypted by ssh')
})

test('a password that only the host knows is asked for, a wrong one is told, and the right one is remembered', async () => {
  await start({ password: 'opensays' }, [{ name: 'host-password' }, { name: 'another' }])
  const console = await open('host-password')
  await console.signIn('wrong')
  await expect(console.region.getByText('This password was not accepted')).toBeVisible()
  // VNC looks at eight characters
  await console.signIn('opensays and more')
  await console.shows('Connected, encrypted by ssh')
  await expect((await open('another')).region.getByRole('form')).toBeVisible()
  await (await open('host-password')).shows('Connected, encrypted by ssh')
})

test('a certificate of an unknown authority is shown with its fingerprint, and trusted once looked at', async () => {
  await start({ tls: { authority: screens } }, [
    { name: 'tls', listen: onNetwork },
    { name: 'tls-password', more: "passwd='sesame12'" },
  ])
  const console = await open('tls')
  await expect(console.question).toContainText('Do you trust the certificate of this screen?')
  await expect(console.question).toContainText(await fingerprint())
  await console.question.getByRole('button', { name: 'Trust for this host' }).click()
  await console.shows('Connected, encrypted by TLS')
})

test('another certificate than the trusted one is told with both fingerprints, and not trusted by itself', async () => {
  const before = await fingerprint()
  await renewCertificate()
  await host.virsh(['destroy', 'tls'])
  await host.virsh(['start', 'tls'])
  const console = await open('tls')
  await expect(console.question).toContainText('The certificate of this screen has changed', {
    timeout: 30_000,
  })
  await expect(console.question).toContainText(before)
  await expect(console.question).toContainText(await fingerprint())
  await console.question.getByRole('button', { name: 'Do not trust' }).click()
  await expect(console.state).toHaveText('Not connected')
  await expect(
    console.region.getByText(/signed by an authority this computer does not trust|no certificate authority/),
  ).toBeVisible()
})

test('with the authority in its place certificates are trusted without a question', async () => {
  await put(screens.certificate, '.pki/CA/cacert.pem')
  await (await open('tls')).shows('Connected, encrypted by TLS')
})

test('a password is sent inside of the encryption', async () => {
  await (await open('tls-password')).shows('Connected, encrypted by TLS')
})

test('a screen that asks for a certificate says where to put it, and opens when it is there', async () => {
  await start({ tls: { authority: screens, asks: true } }, [{ name: 'tls-asks' }])
  const console = await open('tls-asks')
  await expect(
    console.region.getByText(/wants a client certificate, and this computer has none/),
  ).toBeVisible({
    timeout: 30_000,
  })
  await expect(console.region.getByText(/~\/\.pki\/libvirt-vnc\/clientcert\.pem/)).toBeVisible()
  const [certificate, key] = [join(userHome, 'client.pem'), join(userHome, 'client.key')]
  await issue(screens, { name: 'viewer', usage: 'client' }, { certificate, key })
  await put(certificate, '.pki/libvirt-vnc/clientcert.pem')
  await put(key, '.pki/libvirt-vnc/private/clientkey.pem')
  await console.region.getByRole('button', { name: 'Try again' }).click()
  await console.shows('Connected, encrypted by TLS')
})

test('an account is asked for by SASL, a wrong password is told, and the right one opens', async () => {
  await start({ accounts, tls: { authority: screens } }, [{ name: 'sasl-tls' }, { name: 'sasl-tls-2' }])
  const console = await open('sasl-tls')
  await console.signIn('wrong', 'maria')
  await expect(console.region.getByText('This name or password was not accepted')).toBeVisible({
    timeout: 30_000,
  })
  await console.signIn(accounts.maria, 'maria')
  await console.shows('Connected, encrypted by TLS')
})

test('the account serves the host’s other screens too', async () => {
  await (await open('sasl-tls-2')).shows('Connected, encrypted by TLS')
})

test('SASL without encryption, which QEMU allows no password for, says what to change on the host', async () => {
  await start({ accounts }, [{ name: 'sasl-alone' }])
  const console = await open('sasl-alone')
  await expect(console.region.getByText(/offers no way of SASL that Innkeeper speaks/)).toBeVisible({
    timeout: 30_000,
  })
  await expect(console.region.getByText(/vnc_tls = 1/)).toBeVisible()
})

test('over libvirt’s TLS connection a screen on the network is checked by the authority of the URI', async () => {
  await rm(join(userHome, '.pki'), { recursive: true })
  await start({ tls: { authority: lab.authority } }, [{ name: 'tls', listen: onNetwork }])
  await app.api.hosts.disconnect({ host: await hostId('Lab A') })
  await addHost(app.page, {
    uri: `qemu+tls://${host.address}/system?pkipath=${lab.pkiPath}`,
    label: 'By TLS',
  })
  await expect(main.host('By TLS')).toHaveAccessibleName(/Connected/i)
  await app.api.hosts.remove({ host: await hostId('Lab A') })
  await (await open('tls')).shows('Connected, encrypted by TLS')
})

async function hostId(label: string) {
  const found = (await app.api.hosts.list()).items.find((one) => one.label === label)
  if (!found) throw new Error(`no host ${label}`)
  return found.id
}

async function put(source: string, target: string): Promise<void> {
  const path = join(userHome, target)
  await mkdir(dirname(path), { recursive: true })
  await copyFile(source, path)
}

/** Where QEMU found the certificate of the VM "tls": qemu.conf names the folder. */
async function certificateFolder(): Promise<string> {
  const settings = await host.exec(['cat', '/etc/libvirt/qemu.conf'])
  const folder = /vnc_tls_x509_cert_dir = "\/etc\/libvirt\/([^"]+)"/.exec(settings)?.[1]
  if (folder === undefined) throw new Error('qemu.conf names no certificates')
  return join(stateDirectory, host.name, 'etc', folder)
}

async function fingerprint(): Promise<string> {
  const file = join(await certificateFolder(), 'server-cert.pem')
  const words = await run(['openssl', 'x509', '-noout', '-fingerprint', '-sha256', '-in', file])
  return words.trim().split('=')[1] ?? ''
}

async function renewCertificate(): Promise<void> {
  const folder = await certificateFolder()
  await issue(
    screens,
    { name: `${host.name}-renewed`, usage: 'server', names: host.certificateNames },
    { certificate: join(folder, 'server-cert.pem'), key: join(folder, 'server-key.pem') },
  )
}
