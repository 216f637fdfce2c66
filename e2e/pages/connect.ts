import { expect, type Page } from '@playwright/test'
import type { Api } from '../../shared/ipc/contract'
import type { LabHost } from '../lab/lab-host'
import { MainWindow } from './main-window'

export interface SshTarget {
  readonly uri: string
  readonly label: string
  readonly password?: string
  readonly fingerprint?: string
}

/** Adds a host by its URI in the dialog; answers the questions that the target has answers for. */
export async function addHost(page: Page, target: SshTarget): Promise<void> {
  await openAddHost(page)
  const dialog = new MainWindow(page).dialog('Add host')
  await dialog.getByLabel('Connection URI').fill(target.uri)
  await dialog.getByLabel('Name in the list (optional)').fill(target.label)
  await dialog.getByRole('button', { name: 'Add host' }).click()
  if (target.fingerprint !== undefined) {
    const question = new MainWindow(page).dialog(`Trust ${target.label}?`)
    await expect(question.getByText(target.fingerprint)).toBeVisible()
    await question.getByRole('button', { name: 'Trust and connect' }).click()
  }
  if (target.password !== undefined) await typePassword(page, target.label, target.password)
}

/** Adds a host of the lab over ssh as root, by its password, and waits until it is connected. */
export async function addLabHost(page: Page, host: LabHost, label: string): Promise<void> {
  await addHost(page, {
    uri: `qemu+ssh://root@${host.address}/system`,
    label,
    password: host.password,
    fingerprint: host.hostKeyFingerprint,
  })
  await expect(new MainWindow(page).host(label)).toHaveAccessibleName(/Connected/i)
}

export async function typePassword(page: Page, label: string, password: string): Promise<void> {
  const question = new MainWindow(page).dialog(`Sign in to ${label}`)
  await question.getByLabel(/^Password/).fill(password)
  await question.getByRole('button', { name: 'Continue' }).click()
}

export async function openAddHost(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Add host/ })
    .first()
    .click()
  await expect(new MainWindow(page).dialog('Add host')).toBeVisible()
}

/** When the connection that a host has now began; NaN while it has none. */
export async function connectedSince({ hosts }: Pick<Api, 'hosts'>, label: string): Promise<number> {
  const status = (await hosts.list()).items.find((host) => host.label === label)?.status
  return status?.kind === 'connected' ? status.sinceMs : Number.NaN
}
