// Generated from src/language/library by npm run generate. Do not edit.
export const libraryJson: string =
  "{\"technology\":[],\"accelerator\":[],\"instance\":[],\"llm\":[]}";
