import { useState } from 'react'
import { errorData } from '../../../../shared/errors'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { habitsOf, rememberConsole, useConsoleHabits } from '../../../stores/console-habits'
import { showToast } from '../../../stores/toasts'
import { layoutOf, type Stroke } from './layout'
import { paceOf } from './pace'
import { planTyping } from './plan'
import type { TypingChoice } from './TypeTextDialog'
import type { SendKey } from './typist'
import { useTyping, type Typing } from './use-typing'

export interface TypingInto extends Typing {
  readonly choice: TypingChoice
  /** The text the user is asked about; undefined while there is no question. */
  readonly asked: string | undefined
  ask(text: string): void
  close(): void
  type(characters: readonly (readonly Stroke[])[], choice: TypingChoice): void
  /** Without a question where all of it can be typed and the guest's layout is known. */
  typeClipboard(): void
}

/** Text for one VM: with its keyboard layout, which is remembered. */
export function useTypingInto(options: {
  readonly vm: VmRef
  readonly isConnected: boolean
  readonly send: SendKey
  readonly onEnd: () => void
}): TypingInto {
  const { vm } = options
  const usual = useConsoleHabits((stored) => habitsOf(stored, vm).layout)
  // another VM may have another layout, so its clipboard is not typed before the user has said which
  const own = useConsoleHabits(({ byVm }) => byVm[vmKey(vm)]?.layout)
  const pace = useConsoleHabits((stored) => habitsOf(stored, vm).pace)
  const [asked, setAsked] = useState<string>()
  const typing = useTyping(options)
  const choice: TypingChoice = { layout: usual ?? 'us', pace: paceOf(pace) }

  const typeClipboard = async (): Promise<void> => {
    try {
      const text = await api.app.clipboardText()
      if (text === '') {
        showToast({ tone: 'info', title: 'There is no text on the clipboard' })
        return
      }
      const layout = own === undefined ? undefined : layoutOf(own)
      const plan = layout && planTyping(text, layout)
      if (!plan || plan.missing.length > 0) setAsked(text)
      else typing.start(plan.characters, choice.pace)
    } catch (error) {
      showToast({ tone: 'error', title: 'The clipboard could not be read', error: errorData(error) })
    }
  }
  return {
    ...typing,
    choice,
    asked,
    ask: setAsked,
    close: () => setAsked(undefined),
    type: (characters, chosen) => {
      rememberConsole(vm, chosen)
      setAsked(undefined)
      typing.start(characters, chosen.pace)
    },
    typeClipboard: () => void typeClipboard(),
  }
}
