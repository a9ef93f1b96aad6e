{# Where lists of classes disagree with declared pupils and with each other (rules D307, D308, D334, D343). #}

with

classes as (
    select * from {{ ref('int_rolls_current') }}
    where dataset = 'classes'
),

rolls as (
    select
        school_year,
        school_code,
        stage,
        sum(amount) as pupils,
        count(*) as classes,
        min(grade) as lowest_grade
    from classes
    group by school_year, school_code, stage
),

compared as (
    select
        cells.*,
        rolls.pupils,
        rolls.classes
    from {{ ref('int_cells_current') }} as cells
    inner join rolls using (school_year, school_code, stage)
    where cells.dataset = 'conditions'
),

cohorts as (
    select
        school_year,
        school_code,
        grade,
        school_year - grade as entry_year,
        sum(amount) as pupils
    from classes
    group by school_year, school_code, grade
),

moved_up as (
    select
        today.*,
        before.pupils as pupils_before
    from {{ with_year_before('cohorts', ['entry_year']) }}
),

final as (
    {{ finding('D307', 'compared', "field = 'students' and abs(value - pupils) > value * "
        ~ parameter('class_pupils_tolerance', row='compared'), dataset="'classes'", stage='stage',
        found=figure_text('pupils'), expected=figure_text('value')) }}
    union all by name
    {{ finding('D308', 'compared', "field = 'class_count' and value <> classes", dataset="'classes'",
        stage='stage', found=figure_text('classes'), expected=figure_text('value')) }}
    union all by name
    {{ finding('D334', 'moved_up', large_change('moved_up', 'pupils', 'pupils_before'), dataset="'classes'",
        subject_key='grade', item_zh='cast(grade as varchar)', item_en='cast(grade as varchar)',
        found=figure_text('pupils'), expected=figure_text('pupils_before')) }}
    union all by name
    {{ finding('D343', 'rolls', "lowest_grade > case stage when 'primary' then 1 when 'junior' then 7 else 10 end",
        dataset="'classes'", stage='stage', found='cast(lowest_grade as varchar)') }}
)

select * from final
