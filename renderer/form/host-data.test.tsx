// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../test-dom'
import type { HostChoices } from '../../shared/model/host-choices'
import { hostId } from '../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../api/fake'
import { forgetHostData, useHostChoices, useReadAnew } from './host-data'

const host = hostId.parse('a')
let pools: string[]
let answer: () => Promise<unknown>
let main: FakeMain

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  forgetHostData()
  pools = ['default']
  answer = async () => ({ pools: { items: pools.map((name) => ({ name })) } })
  main = installFakeMain({ hosts: { choices: () => answer() as Promise<HostChoices> } })
})
afterEach(() => {
  vi.useRealTimers()
  cleanup()
})

function Shown() {
  const { value } = useHostChoices(host)
  return <p>{value ? value.pools.items.map(({ name }) => name).join() : 'nothing'}</p>
}
function Dialog() {
  useReadAnew(host)
  return <Shown />
}
const asked = (): number => main.calls.length

it('a dialog shows what is known at once, and what is there now as soon as the host has told it', async () => {
  render(<Shown />)
  await screen.findByText('default')
  cleanup()
  vi.setSystemTime(Date.now() + 5000)
  pools = ['default', 'new']
  let tell: () => void = () => undefined
  const late = answer
  answer = async () => {
    await new Promise<void>((resolve) => (tell = resolve))
    return late()
  }
  render(<Dialog />)
  expect(screen.getByText('default')).toBeTruthy()
  await act(async () => tell())
  await screen.findByText('default,new')
  expect(asked()).toBe(2)
})

it('the pages of a form do not ask again for what is known, and one dialog asks once', async () => {
  render(<Shown />)
  await screen.findByText('default')
  cleanup()
  vi.setSystemTime(Date.now() + 5000)
  render(<Shown />)
  expect(asked()).toBe(1)
  cleanup()
  render(
    <>
      <Dialog />
      <Dialog />
    </>,
  )
  await act(async () => undefined)
  expect(asked()).toBe(2)
})
