import { EditorView } from '@codemirror/view'
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../../test-dom'
import '../../../ui/xml-editor/test-layout'
// so that the editor is there when it is asked for
import '../../../ui/xml-editor/XmlEditor'
import { AppError } from '../../../../shared/errors'
import { forgetHostData } from '../../../form/host-data'
import { closeDialog, openDialog, useDialog } from '../../../stores/dialogs'
import { asked, forgetStorage, layOut, poolOf, showStorage, volumeOf } from '../test-storage'

beforeEach(() => {
  layOut()
  forgetStorage()
  forgetHostData()
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

type Main = ReturnType<typeof showStorage>

async function open(more: Parameters<typeof showStorage>[0] = {}): Promise<Main> {
  const main = showStorage({ pools: [poolOf('images')], volumes: [volumeOf('old.img')], ...more })
  await screen.findByRole('region', { name: /^Pool / })
  act(() => openDialog({ kind: 'storage', host: main.host, ask: { kind: 'createVolume', pool: 'images' } }))
  type('Name', 'new.qcow2')
  return main
}

const dialog = (): ReturnType<typeof within> => within(screen.getByRole('dialog'))
const press = (name: string): void => void fireEvent.click(dialog().getByRole('button', { name }))
const page = (name: string): void =>
  void fireEvent.click(dialog().getByRole('tab', { name: new RegExp(name) }))
const type = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label, { selector: 'input' }), { target: { value } })
const isClosed = (): Promise<void> => waitFor(() => expect(useDialog.getState().open).toBeUndefined())
const text = (): Promise<HTMLElement> =>
  screen.findByRole('textbox', { name: 'Definition of the new volume' })

async function write(xml: string): Promise<void> {
  const view = EditorView.findFromDOM(await text())
  if (!view) throw new Error('No editor is shown')
  const changes = { from: 0, to: view.state.doc.length, insert: xml }
  act(() => view.dispatch({ changes, userEvent: 'input.type' }))
}

test('what the form comes to is shown as text, and made by the form while nobody changed it', async () => {
  const main = await open()
  page('XML')
  expect((await text()).textContent).toBe('<volume><name>new.qcow2</name></volume>')
  press('Create')
  await isClosed()
  expect(asked(main, 'storage.createVolume')).toMatchObject([{ values: { name: 'new.qcow2' } }])
  expect(asked(main, 'storage.createVolumeFromXml')).toEqual([])
})

test('a changed text is what is made; the form waits until that is taken back', async () => {
  const main = await open()
  page('XML')
  await write('<volume><name>mine</name></volume>')
  page('Settings')
  expect(screen.getByLabelText<HTMLInputElement>('Name', { selector: 'input' }).disabled).toBe(true)
  page('XML')
  expect((await text()).textContent).toBe('<volume><name>mine</name></volume>')
  press('Back to the settings')
  await waitFor(async () =>
    expect((await text()).textContent).toBe('<volume><name>new.qcow2</name></volume>'),
  )
  await write('<volume><name>other</name></volume>')
  fireEvent.click(dialog().getByRole('checkbox', { name: /Write the tables/ }))
  press('Create')
  await isClosed()
  expect(asked(main, 'storage.createVolumeFromXml')).toEqual([
    {
      host: main.host,
      pool: 'images',
      xml: '<volume><name>other</name></volume>',
      options: { writesTables: true },
    },
  ])
})

test('it begins with the data of another volume, if the pool has that', async () => {
  const main = await open()
  page('XML')
  await text()
  await waitFor(() => expect(asked(main, 'storage.volumeNames').length).toBeGreaterThan(1))
  type('Begin with the data of', 'gone.img')
  expect(await screen.findByText('This pool has no volume of this name')).toBeTruthy()
  press('Create')
  type('Begin with the data of', 'old.img')
  press('Create')
  await isClosed()
  expect(asked(main, 'storage.createVolumeFromXml')).toMatchObject([
    { options: { writesTables: false, from: 'old.img' } },
  ])
})

test('what the host does not take is told in its words, and the text stays', async () => {
  await open({
    storage: {
      createVolumeFromXml: () => {
        throw new AppError('invalid', 'The host does not accept this definition', {
          detail: 'XML error: missing capacity element',
        })
      },
    },
  })
  page('XML')
  await write('<volume><name>mine</name></volume>')
  press('Create')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The host does not accept this definition')
  expect(alert.textContent).toContain('XML error: missing capacity element')
  expect((await text()).textContent).toBe('<volume><name>mine</name></volume>')
})
