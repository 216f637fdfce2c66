import type { ReactNode } from 'react'
import { errorData } from '../../../shared/errors'
import { ErrorBox } from '../../components/ErrorBox'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { ErrorBoundary } from '../../ui/ErrorBoundary'

/** A page that failed says so in its place; the host list and everything else go on. */
export function PageGuard({ children }: { children: ReactNode }) {
  return <ErrorBoundary fallback={problem}>{children}</ErrorBoundary>
}

function problem(error: unknown, retry: () => void): ReactNode {
  const leave = (): void => {
    go({ kind: 'all' })
    retry()
  }
  return (
    <main className="page broken-page" aria-label="Problem">
      <ErrorBox
        error={errorData(error)}
        title="This page could not be shown"
        actions={
          <>
            <Button onPress={retry}>Try again</Button>
            <Button onPress={leave}>Show all virtual machines</Button>
          </>
        }
      />
    </main>
  )
}
