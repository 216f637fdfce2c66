import { Button } from '../../../ui/Button'
import { ProgressBar } from '../../../ui/ProgressBar'
import type { Typing } from './use-typing'

/** Over the screen while text is typed. It has the keyboard, so that nothing of the user's gets in between. */
export function TypingStrip({ progress, cancel }: Typing) {
  if (!progress) return null
  const { count, total } = progress
  return (
    <div className="console-strip" role="group" aria-label="Typing">
      <span className="console-strip-text">
        Typing {count} of {total} {total === 1 ? 'character' : 'characters'}
      </span>
      <ProgressBar label="Typed" value={count / total} />
      <Button autoFocus onPress={cancel}>
        Stop typing
      </Button>
    </div>
  )
}
