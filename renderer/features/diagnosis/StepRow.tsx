import { useEffect, useRef, type ReactNode } from 'react'
import { stepStateText, type DiagnosisStep, type StepState } from '../../../shared/model/diagnosis'
import type { RecipeId } from '../../../shared/recipes/recipe'
import { recipeById } from '../../../shared/recipes/recipes'
import { formatDuration } from '../../../shared/units'
import { CommandBlock } from '../../components/CommandBlock'
import { Button } from '../../ui/Button'
import { CheckIcon, ChevronRightIcon, CloseIcon, WarningIcon } from '../../ui/icons/general'
import { RecipeIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'

interface Props {
  readonly step: DiagnosisStep
  /** The step that explains why connecting fails. */
  readonly isCulprit: boolean
  readonly onRecipe: (recipe: RecipeId) => void
}

export function StepRow({ step, isCulprit, onRecipe }: Props) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCulprit) row.current?.scrollIntoView?.({ block: 'nearest', behavior: 'smooth' })
  }, [isCulprit])
  const head = (
    <>
      <StepMark state={step.state} />
      <span className="step-title">{step.title}</span>
      <span className="step-found">{step.found}</span>
      <span className="visually-hidden">({stepStateText[step.state]})</span>
      {step.durationMs !== undefined && step.durationMs >= 1000 ? (
        <span className="step-time">{formatDuration(step.durationMs)}</span>
      ) : null}
    </>
  )
  return (
    <li
      ref={row}
      className="step"
      data-state={step.state}
      data-culprit={isCulprit || undefined}
      aria-current={step.state === 'running' ? 'step' : undefined}
    >
      {hasDetails(step) ? (
        // the state is a part of the key: what failed opens by itself, and stays as the user leaves it
        <details key={step.state} className="step-details" open={step.state === 'failed'}>
          <summary className="step-head">
            {head}
            <ChevronRightIcon size={12} className="step-chevron" />
          </summary>
          <StepDetails step={step} onRecipe={onRecipe} />
        </details>
      ) : (
        <div className="step-head">{head}</div>
      )}
    </li>
  )
}

function hasDetails({ facts, cause, cure, commands, detail, recipe }: DiagnosisStep): boolean {
  return [facts?.length, cause, cure, commands?.length, detail, recipe].some(Boolean)
}

function StepMark({ state }: { state: StepState }) {
  return <span className={`step-mark step-mark-${state}`}>{markOf(state)}</span>
}

function markOf(state: StepState): ReactNode {
  switch (state) {
    case 'running':
      return <Spinner size={14} />
    case 'ok':
      return <CheckIcon size={12} />
    case 'failed':
      return <CloseIcon size={12} />
    case 'warning':
      return <WarningIcon size={14} />
    case 'skipped':
    case 'waiting':
      return null
  }
}

const placeText = { here: 'Run on this computer', host: 'Run on the host' }

function StepDetails({ step, onRecipe }: Pick<Props, 'step' | 'onRecipe'>) {
  const { facts = [], cause, cure, commands = [], detail, recipe } = step
  return (
    <div className="step-body selectable">
      {cause === undefined ? null : <p>{cause}.</p>}
      {cure === undefined ? null : (
        <p>
          <strong>What to do: </strong>
          {/[.:!?]$/.test(cure) ? cure : `${cure}.`}
        </p>
      )}
      {commands.map(({ where, text }) => (
        <div key={text} className="step-command">
          <span className="secondary">{placeText[where]}</span>
          <CommandBlock text={text} />
        </div>
      ))}
      {facts.length === 0 ? null : (
        <ul className="step-facts">
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of an ended step does not change
            <li key={index}>{fact}</li>
          ))}
        </ul>
      )}
      {detail === undefined ? null : <pre className="step-words">{detail}</pre>}
      {recipe === undefined ? null : (
        <div>
          <Button icon={RecipeIcon} onPress={() => onRecipe(recipe)}>
            {`Recipe: ${recipeById(recipe).title}`}
          </Button>
        </div>
      )}
    </div>
  )
}
