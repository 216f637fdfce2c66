// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { PageGuard } from './PageGuard'

afterEach(cleanup)

it('shows a page that fails as a problem that can be tried again', () => {
  // React reports the caught error on the console, which is noise here.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  let isBroken = true
  function Page() {
    if (isBroken) throw new Error('No such thing')
    return <p>All is well</p>
  }
  render(
    <PageGuard>
      <Page />
    </PageGuard>,
  )
  expect(screen.getByRole('alert').textContent).toContain('This page could not be shown')
  expect(screen.getByText('No such thing')).toBeTruthy()
  isBroken = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('All is well')).toBeTruthy()
  vi.restoreAllMocks()
})
