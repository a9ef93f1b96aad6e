{#
    Facility cells on their way to a stage. A site whose stages each have their own value keeps them; else
    its whole-school value is shared by weight over the pupils of all stages of the school it counts with.
    A site that lacks the value leaves a row without an amount: the sum is then missing.
#}

with

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions' and field <> 'students'
),

fields as (
    select measure as field from {{ ref('measures') }}
    where is_shared and kind = 'input'
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

school_stages as (
    select * from {{ ref('int_school_stages_merged') }}
),

sites as (
    select
        school_year,
        school_code,
        site_code,
        field
    from (
        select distinct
            school_year,
            school_code,
            site_code
        from site_stages where is_needed
    ) as needed
    cross join fields
),

owned as (
    select
        site_stages.school_year,
        site_stages.site_code,
        fields.field,
        bool_and(cells.value is not null) as is_complete
    from site_stages
    cross join fields
    left join cells
        on site_stages.school_year = cells.school_year
            and site_stages.site_code = cells.school_code
            and site_stages.stage = cells.stage
            and fields.field = cells.field
    where site_stages.students > 0
    group by site_stages.school_year, site_stages.site_code, fields.field
),

given as (
    select
        school_year,
        school_code as site_code,
        field,
        bool_or(stage <> 'whole' and value is not null) as has_own,
        bool_or(stage = 'whole' and value is not null) as has_whole
    from cells
    group by school_year, school_code, field
),

chosen as (
    select
        sites.*,
        case
            when given.has_own and coalesce(owned.is_complete, true) then 'own'
            when given.has_whole then 'whole'
        end as basis
    from sites
    left join owned using (school_year, site_code, field)
    left join given using (school_year, site_code, field)
),

final as (
    select
        chosen.school_year,
        chosen.school_code,
        school_stages.stage,
        chosen.site_code,
        chosen.field,
        cells.value as amount,
        case when chosen.basis = 'whole' then school_stages.split_share else 1.0 end as share,
        chosen.basis = 'whole' and school_stages.stage_count > 1 as is_split,
        cells.* exclude (school_year, school_code, stage, field, value, import_seq, replaces)
    from chosen
    inner join school_stages
        on chosen.school_year = school_stages.school_year
            and chosen.school_code = school_stages.school_code
    left join cells
        on chosen.school_year = cells.school_year
            and chosen.site_code = cells.school_code
            and chosen.field = cells.field
            and cells.stage = case chosen.basis when 'own' then school_stages.stage when 'whole' then 'whole' end
    where
        chosen.basis is null
        or cells.value is not null
        or (chosen.basis = 'own' and (chosen.school_year, chosen.site_code, school_stages.stage) in (
            select (site_stages.school_year, site_stages.site_code, site_stages.stage) from site_stages
            where site_stages.students is null
        ))
)

select * from final
