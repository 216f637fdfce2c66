import { create } from 'zustand'
import type { ErrorData } from '../../shared/errors'
import type { TaskId } from '../../shared/model/ids'

export interface Toast {
  readonly id: number
  readonly tone: 'error' | 'info' | 'success'
  /** Says what it is about first: the VM's or host's name. */
  readonly title: string
  readonly error?: ErrorData
  /** The task it tells of. */
  readonly task?: TaskId
  /** What can be done about it; the toast goes when it is. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** More than this would cover the work; the oldest goes, and the task list still has it. */
const maxToasts = 4

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let nextId = 1

export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }].slice(-maxToasts) }))
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

/** What they tell of is being done again. */
export function dismissToastsOf(task: TaskId): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.task !== task) }))
}
