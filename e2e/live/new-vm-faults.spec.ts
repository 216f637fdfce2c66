/**
 * New VMs that cannot be made, by clicks, on a real host by ssh: what is wrong is said before anything is made, and what goes
 * wrong afterwards leaves nothing behind, or a list of it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { bootDisc } from '../lab/boot-media'
import { holdCopy } from '../lab/held-copy'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { makeSmallPool, type SmallPool } from '../lab/small-pool'
import { groupOfNobodysVms, runVmsAsNobody } from '../lab/vm-user'
import { addLabHost, connectedSince } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { NewVmWizard } from '../pages/new-vm-wizard'
import { startApp, type RunningApp } from '../start-app'
import { serveFiles, type WebServer } from '../web-server'

const mib = 1024 ** 2
const images = '/var/lib/libvirt/images'
const image = 'e2e-fault-cloudimg-amd64.img'
/** Long enough in the copying to be met there. */
const imageBytes = 256 * mib
const small = 'e2e-small'
const closed = 'e2e-closed'
const closedFolder = `/var/lib/libvirt/${closed}`
const closedDisc = 'e2e-closed.iso'
const inTime = { timeout: 60_000 }

let lab: Lab
let labA: LabHost
let pool: SmallPool
let userHome: string
let app: RunningApp
let main: MainWindow
let web: WebServer
let vmsAsRoot: (() => Promise<void>) | undefined
const names: string[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  // no zeros: they would take no room
  await labA.exec([
    'sh',
    '-ec',
    'head -c "$1" /dev/urandom >"$2"',
    '-',
    String(imageBytes),
    `${images}/${image}`,
  ])
  await labA.virsh(['pool-refresh', 'default'])
  await labA.virsh(['net-start', 'default'])
  pool = await makeSmallPool(labA, small, imageBytes + 64 * mib)
  await putClosedDisc()
  web = await serveFiles({
    '/packages/readme.txt': 'nothing that starts',
    '/broken/.treeinfo':
      '[general]\nfamily = Lab Linux\nversion = 1\narch = x86_64\n[images-x86_64]\nkernel = gone/vmlinuz\n',
  })
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, labA, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  await web?.close()
  if (labA) {
    for (const name of names) await labA.removeGuest(name)
    await vmsAsRoot?.()
    await pool?.remove()
    await labA.virsh(['pool-destroy', closed]).catch(() => '')
    await labA.virsh(['pool-undefine', closed]).catch(() => '')
    await labA.exec(['rm', '-rf', closedFolder])
    await labA.virsh(['net-destroy', 'default']).catch(() => '')
    await labA.exec(['sh', '-c', `rm -f ${images}/*e2e-*`])
    await labA.virsh(['pool-refresh', 'default'])
  }
  if (userHome) await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** In a folder of root's, as a home is. */
async function putClosedDisc(): Promise<void> {
  await labA.exec(
    ['sh', '-ec', 'mkdir -p "$1"; chmod 700 "$1"; base64 -d >"$1/$2"', '-', closedFolder, closedDisc],
    {
      input: bootDisc().toString('base64'),
    },
  )
  await labA.virsh(['pool-define-as', closed, 'dir', '--target', closedFolder])
  await labA.virsh(['pool-start', closed])
}

async function begin(name: string): Promise<NewVmWizard> {
  names.push(name)
  const wizard = new NewVmWizard(app.page)
  await wizard.open('Lab A')
  await wizard.afresh()
  return wizard
}

/** A VM whose disk is a copy of the image, and which is not started: the lab need not emulate anything. */
async function fromImage(name: string, into: string): Promise<NewVmWizard> {
  const wizard = await begin(name)
  await wizard.from('Cloud image')
  await wizard.click(wizard.dialog.getByRole('option', { name: image }))
  await wizard.choose('Pool', new RegExp(`^${into}`))
  await wizard.fill('textbox', 'Name', name)
  await wizard.step('First start')
  await wizard.fillIn(wizard.dialog.getByLabel('Password', { exact: true }), 'correct horse')
  await wizard.notStarted()
  return wizard
}

/** The files of both pools whose names begin so, whatever the daemon knows of them. */
async function filesOf(name: string): Promise<string[]> {
  const list = await labA.exec(['sh', '-c', 'ls "$1" "$2"', '-', images, pool.folder])
  return list.split('\n').filter((file) => file.startsWith(name))
}

async function nothingIsLeft(name: string): Promise<void> {
  expect(await labA.guestState(name)).toBeUndefined()
  await noFileIsLeft(name)
}

async function noFileIsLeft(name: string): Promise<void> {
  expect(await filesOf(name)).toEqual([])
  for (const one of ['default', small]) {
    await labA.virsh(['pool-refresh', one])
    expect(await labA.virsh(['vol-list', one])).not.toContain(name)
  }
}

/** What the window says of the end, which stays until it is read. */
function told(title: string): Locator {
  return app.page.getByRole('region', { name: 'Notifications' }).getByRole('alert').filter({ hasText: title })
}

async function dismiss(toast: Locator): Promise<void> {
  await toast.getByRole('button', { name: 'Dismiss' }).click()
  await expect(toast).toHaveCount(0)
}

test('an image that does not fit into the pool is refused before anything is made, with what is left', async () => {
  const name = 'e2e-no-room'
  await pool.leave(100 * mib)
  await labA.virsh(['pool-refresh', small])
  const wizard = await fromImage(name, small)
  await expect(wizard.status).toContainText(/only 100 MiB left, and the copy takes 256 MiB/, inTime)
  await wizard.tryToCreate()
  await expect(wizard.dialog.getByText(/only 100 MiB left/).first()).toBeVisible()
  await nothingIsLeft(name)
  await wizard.discard()
})

test('when the room vanishes meanwhile nothing stays, and with room again one more click makes it', async () => {
  const name = 'e2e-room-gone'
  await pool.leave(imageBytes + 32 * mib)
  await labA.virsh(['pool-refresh', small])
  const wizard = await fromImage(name, small)
  const held = holdCopy(labA, `${name}.qcow2`)
  await wizard.create()
  const copy = await held
  await pool.leave(0)
  await copy.release()
  const failed = told(`${name} was not created`)
  await expect(failed).toContainText(/no space|full|room/i, inTime)
  await nothingIsLeft(name)

  await pool.leave(imageBytes + 32 * mib)
  await labA.virsh(['pool-refresh', small])
  await failed.getByRole('button', { name: 'Change and try again' }).click()
  await expect(wizard.dialog).toBeVisible()
  await wizard.create()
  await expect(app.page.getByRole('heading', { name, exact: true })).toBeVisible(inTime)
  expect(await labA.guestState(name)).toBe('shut off')
  expect((await filesOf(name)).toSorted()).toEqual([`${name}-seed.iso`, `${name}.qcow2`])
  await labA.removeGuest(name)
  for (const file of await filesOf(name)) await labA.virsh(['vol-delete', file, '--pool', small])
})

test('a name that another VM has is told in the wizard, and nothing is made', async () => {
  const name = 'e2e-taken'
  await labA.defineGuest({ name })
  const wizard = await begin(name)
  await wizard.from('No medium')
  await wizard.fill('textbox', 'Name', name)
  await expect(wizard.status).toContainText(`There is already a VM called "${name}" on this host`, inTime)
  await wizard.tryToCreate()
  await expect(wizard.dialog).toBeVisible()
  await noFileIsLeft(name)
  await wizard.discard()
})

test('a name that somebody takes meanwhile ends it: the other VM stays as it is, and the copy goes', async () => {
  const name = 'e2e-taken-meanwhile'
  const wizard = await fromImage(name, 'default')
  const held = holdCopy(labA, `${name}.qcow2`)
  await wizard.create()
  const copy = await held
  await labA.defineGuest({ name })
  const others = await labA.virsh(['dumpxml', name])
  await copy.release()
  const failed = told(`${name} was not created`)
  await expect(failed).toContainText(/already|taken|exists/i, inTime)
  expect(await labA.virsh(['dumpxml', name])).toBe(others)
  await noFileIsLeft(name)
  await dismiss(failed)
})

test('an address without a kernel is told where it is typed, one whose kernel is gone when it is fetched', async () => {
  const name = 'e2e-no-kernel'
  const wizard = await begin(name)
  await wizard.from('Network install')
  await wizard.fill('textbox', 'Name', name)
  await wizard.fill('combobox', 'Address', `${web.url}/packages`)
  await expect(
    wizard.dialog.getByText(`There is nothing to install from at ${web.url}/packages`).first(),
  ).toBeVisible(inTime)
  await wizard.tryToCreate()
  await expect(wizard.dialog).toBeVisible()

  await wizard.fill('combobox', 'Address', `${web.url}/broken`)
  await expect(wizard.dialog.getByText('“Lab Linux 1” installer')).toBeVisible(inTime)
  await wizard.create()
  const failed = told(`${name} was not created`)
  await expect(failed).toContainText('gone/vmlinuz', inTime)
  await nothingIsLeft(name)
  await dismiss(failed)
})

test('a disc in a folder that VMs may not go through is told, and one button lets them, after saying how', async () => {
  const name = 'e2e-closed-disc'
  const before = await connectedSince(app.api, 'Lab A')
  vmsAsRoot = await runVmsAsNobody(labA)
  // by a new connection: the old one may look alive a moment longer, and knows another user
  await expect.poll(() => connectedSince(app.api, 'Lab A'), inTime).toBeGreaterThan(before)
  expect(await nobodyReads()).toBe(false)
  const wizard = await begin(name)
  await wizard.click(wizard.dialog.getByRole('option', { name: closedDisc }))
  await wizard.fill('textbox', 'Name', name)
  const said = `VMs run as user “nobody”, who may not go through the folder ${closedFolder}`
  await expect(wizard.dialog.getByText(said)).toBeVisible(inTime)
  await expect(wizard.dialog.getByRole('button', { name: 'Copy it into default' })).toBeVisible()
  await wizard.click(wizard.dialog.getByRole('button', { name: 'Let VMs through…' }))
  const question = main.dialog('Let VMs get to this image?')
  await expect(question.getByRole('list', { name: 'What is changed' })).toHaveText(closedFolder)
  expect(await nobodyReads()).toBe(false)
  await wizard.click(question.getByRole('button', { name: 'Let VMs through', exact: true }))
  await expect(question).toHaveCount(0)
  await expect(wizard.dialog.getByText(said)).toHaveCount(0, inTime)
  // it is also away while the host is asked anew
  await expect.poll(nobodyReads, inTime).toBe(true)
  await expect(wizard.status).toContainText('Ready to create', inTime)
  await wizard.discard()
  await nothingIsLeft(name)
  await vmsAsRoot()
  vmsAsRoot = undefined
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i, inTime)
})

async function nobodyReads(): Promise<boolean> {
  const group = await groupOfNobodysVms(labA)
  const who = ['setpriv', '--reuid=nobody', `--regid=${group}`, '--clear-groups']
  return labA.exec([...who, 'head', '-c', '1', `${closedFolder}/${closedDisc}`]).then(
    () => true,
    () => false,
  )
}

test('of a creation whose host is lost in the middle it is told what may be left, and one button removes it', async () => {
  const name = 'e2e-host-lost'
  const wizard = await fromImage(name, 'default')
  const held = holdCopy(labA, `${name}.qcow2`)
  await wizard.create()
  const copy = await held
  await labA.killDaemon()
  // nobody ends it now: it goes on by itself
  await copy.release()
  const failed = told(`${name} was not created`)
  await expect(failed).toContainText(`The host was lost while ${name} was being created`, inTime)
  await expect(failed).toContainText(`the volume ${name}.qcow2 in the pool default`)
  await labA.startDaemon()
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i, inTime)
  expect(await labA.guestState(name)).toBeUndefined()
  expect(await filesOf(name)).toEqual([`${name}.qcow2`])
  await dismiss(failed)

  const listed = app.page.getByRole('region', { name: `Unfinished creation of ${name}` })
  await main.host('Lab A').click()
  await expect(listed).toContainText(/1 file of .* is on the host/, inTime)
  await listed.getByRole('button', { name: 'Clean up…' }).click()
  const question = main.dialog(`Remove what is left of ${name}?`)
  await expect(question.getByRole('list', { name: 'Removed' })).toContainText(`${images}/${name}.qcow2`)
  await question.getByRole('button', { name: 'Remove 1 file' }).click()
  await expect(listed).toHaveCount(0, inTime)
  await nothingIsLeft(name)
})
