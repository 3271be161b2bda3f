/** The first stage of a correction. Those that the protocol gives what was found in it follow, named after it. */
export const correctionStage = 'correction';

/** Whether a stage is of a correction. */
export const isStageOfCorrection = (stage: string): boolean => stage.split(':')[0] === correctionStage;
