import { Component, type ReactNode } from 'react'

interface Props {
  /** Drawn in place of the children after one of them failed. */
  readonly fallback: (error: unknown, retry: () => void) => ReactNode
  readonly children: ReactNode
}

interface State {
  readonly failure?: { readonly error: unknown } | undefined
}

/** Keeps a bug in one part of the window from taking the rest with it. React offers this only to classes. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } }
  }

  readonly #retry = (): void => this.setState({ failure: undefined })

  override render(): ReactNode {
    const { failure } = this.state
    return failure ? this.props.fallback(failure.error, this.#retry) : this.props.children
  }
}
