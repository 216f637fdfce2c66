import { placeText, type RecipeStep } from '../../shared/recipes/recipe'
import { CommandBlock } from './CommandBlock'
import './recipe-steps.css'

interface Props {
  readonly steps: readonly RecipeStep[]
  readonly isNumbered?: boolean
}

/** What to do and where, with commands and files to copy. */
export function RecipeSteps({ steps, isNumbered = false }: Props) {
  return (
    <ol className={isNumbered ? 'recipe-steps recipe-numbered' : 'recipe-steps'}>
      {steps.map(({ where, text, commands, file }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity beside their place
        <li key={index}>
          <span className="recipe-place">{placeText[where]}</span>
          <p>{text}</p>
          {commands === undefined ? null : <CommandBlock text={commands} what="commands" />}
          {file === undefined ? null : (
            <div className="recipe-file">
              <span className="mono">{file.path}</span>
              <CommandBlock text={file.content.replace(/\n$/, '')} what="lines" />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
