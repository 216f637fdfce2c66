// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId } from '../../../shared/model/ids'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts, useHosts } from '../../stores/hosts'
import { testHost } from '../../stores/test-host'
import { ClipboardContext } from '../../ui/clipboard'
import { RecipesDialog } from './RecipesDialog'

let copied: string[]
beforeEach(() => {
  copied = []
  useHosts.setState(useHosts.getInitialState(), true)
})
afterEach(cleanup)

function show(props: Partial<Parameters<typeof RecipesDialog>[0]> = {}): void {
  render(
    <ClipboardContext
      value={async (text) => {
        copied.push(text)
      }}
    >
      <RecipesDialog recipe={undefined} host={undefined} back={undefined} {...props} />
    </ClipboardContext>,
  )
}

const field = (name: string): HTMLInputElement => screen.getByLabelText(name, { selector: 'input' })
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } })
const page = (): HTMLElement => screen.getByRole('region', { name: 'Recipe' })
const list = (): HTMLElement => screen.getByRole('navigation', { name: 'Recipes' })

it('fills host and user of the URI into the commands', () => {
  const host = testHost('h1', { uri: 'qemu+ssh://keeper@db1.example.org/system' })
  replaceHosts([host])
  show({ recipe: 'sshd', host: host.id })
  expect(page().textContent).toContain('ssh-copy-id -i ~/.ssh/id_ed25519.pub keeper@db1.example.org')
})

it('quotes what is typed, and puts a stand-in where nothing is', () => {
  show({ recipe: 'group-access' })
  type('User', "o'hara; reboot")
  expect(page().textContent).toContain(`sudo usermod --append --groups libvirt 'o'\\''hara; reboot'`)
  type('Group', '')
  expect(page().textContent).toContain('--groups libvirt')
})

it('shows what a recipe endangers and changes, how to check it and how to undo it', () => {
  show({ recipe: 'tls-server' })
  for (const title of ['Before you begin', 'Steps', 'What it changes', 'How to check it', 'How to undo it']) {
    expect(within(page()).getByText(title)).toBeTruthy()
  }
  expect(page().textContent).toContain('does not start without its certificates')
})

it('finds recipes by the words of a setting and says when there is none', () => {
  show()
  type('Search recipes', 'tls_allowed_dn_list')
  expect(within(list()).getAllByRole('button', { name: /certificates/ })).toHaveLength(1)
  expect(within(page()).getByRole('heading', { name: 'Allow only some client certificates' })).toBeTruthy()
  type('Search recipes', 'no such thing')
  expect(within(list()).getByText('No recipe has these words.')).toBeTruthy()
})

it('copies the commands as they are shown', async () => {
  show({ recipe: 'sasl-users' })
  const [first] = within(page()).getAllByRole('button', { name: 'Copy commands' })
  if (first) fireEvent.click(first)
  await waitFor(() => expect(copied).toEqual(['sudo saslpasswd2 -a libvirt USER']))
})

it('goes back to where it was opened from', () => {
  const back = { kind: 'diagnosis', host: hostId.parse('h1'), isReturn: true } as const
  openDialog({ kind: 'recipes', back })
  show({ back })
  fireEvent.click(screen.getByRole('button', { name: 'Back to the diagnosis' }))
  expect(useDialog.getState().open).toEqual(back)
})

it('asks for the system of the guest where the commands are run in one', () => {
  show({ recipe: 'xen-to-kvm' })
  expect(screen.getByText('System of the guest')).toBeTruthy()
  expect(within(page()).getAllByText('In the guest').length).toBeGreaterThan(5)
  expect(page().textContent).toContain('update-initramfs -u -k all')
  cleanup()
  show({ recipe: 'virt-v2v' })
  expect(screen.getByText('System of the host')).toBeTruthy()
})
